"""Everything that talks to a vendor. Vendor errors are translated here, once."""
