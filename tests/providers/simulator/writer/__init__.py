"""Tests of the simulator's writer."""
