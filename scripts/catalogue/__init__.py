"""Builds the name catalogues of `dnd/srd/data` from two pinned data packages: `python -m scripts.catalogue`."""
