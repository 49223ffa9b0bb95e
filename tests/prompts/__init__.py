"""Tests of prompt files and of what fills them."""
