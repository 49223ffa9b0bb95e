"""The domain: what D&D content is, and what makes it true. No I/O, no vendor, no framework."""
