"""Tests of chains/."""
