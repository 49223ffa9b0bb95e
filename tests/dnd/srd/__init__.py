"""Tests of the tables and catalogues of the SRDs."""
