"""Queries of the public pages: counts, narrowing, festivals, public decisions."""
