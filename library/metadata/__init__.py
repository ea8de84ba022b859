"""A record told in the formats of others, one file a format. Pure: facts in, a dictionary out; no model, no query."""
