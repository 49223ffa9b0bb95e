"""Tests of the text model simulator, over real HTTP."""
