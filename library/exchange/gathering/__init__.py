"""What the records of an export tell: as cells of a table, as content in codes, as a sheet. The access rule is asked here."""
