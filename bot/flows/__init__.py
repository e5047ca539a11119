"""Use cases, one file each: they take plain values and return screens."""
