"""The cache: the one that several processes share, and rows of the database that are kept in it."""
