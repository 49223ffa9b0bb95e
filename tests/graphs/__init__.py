"""Tests of graphs/."""
