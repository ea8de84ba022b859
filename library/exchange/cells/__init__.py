"""Reads one cell: what its words mean for its column, or what is not clear and how to mend it. Writes nothing."""
