"""People who sign in, the offices they answer for, and the communities they belong to. Knows no record."""
