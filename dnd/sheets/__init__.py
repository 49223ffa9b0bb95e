"""Character sheets, stat blocks, magic items and encounters: tolerant of what people write, exact inside."""
