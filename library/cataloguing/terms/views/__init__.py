"""Pages about one term beside its form."""
