"""A record in other metadata formats, one module for each format. Pure: takes facts, returns text or a dictionary; no model, no query."""
