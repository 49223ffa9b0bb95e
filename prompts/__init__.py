"""Versioned prompt files and what turns them into messages."""
