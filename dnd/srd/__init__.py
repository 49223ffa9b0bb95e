"""Facts of the System Reference Documents 5.1 and 5.2: own tables, and name catalogues generated from data packages.

The facts stand under CC-BY-4.0 (see `NOTICE`). Nothing here is loaded before it is asked for.
"""
