"""A record as a line of a list, and the kinds of record."""
