"""The rules held against the whole of the SRD: what they say of every monster that is printed there."""
