"""People who sign in, their offices and their communities. Knows no record."""
