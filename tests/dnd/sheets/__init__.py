"""Tests of dnd/sheets."""
