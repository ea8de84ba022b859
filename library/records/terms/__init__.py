"""Where records use terms: found from the relations of the tables and from the profiles, never from a list written by hand."""
