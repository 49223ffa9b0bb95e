"""Tests of dnd/prose."""
