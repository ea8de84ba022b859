"""Word lists of many languages: what linguists wrote down, one row a word. A word that somebody enriches becomes a record."""
