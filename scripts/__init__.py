"""Programs for those who work on the service; nothing of the service imports them."""
