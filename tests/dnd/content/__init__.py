"""Tests of dnd/content."""
