"""Authorities: vocabularies and terms, administrative units, the 54 ethnic groups with all their names. Knows no record."""
