"""Tests of dnd/rules."""
