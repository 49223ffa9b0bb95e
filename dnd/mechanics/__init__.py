"""Legal mechanics computed from what is asked for: stat blocks, encounters, items, levels."""
