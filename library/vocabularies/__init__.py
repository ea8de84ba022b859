"""Authorities: vocabularies and terms, administrative units, the 54 groups and all their names. Knows no record."""
