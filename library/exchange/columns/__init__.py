"""The columns that a table of records may have: one table, made from the common core and the profile of the type."""
