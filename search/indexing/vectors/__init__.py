"""Vectors of records for search by meaning: built from texts a few at a time, kept in the database, put into documents."""
