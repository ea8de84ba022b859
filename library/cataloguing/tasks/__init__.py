"""Tasks of collecting: what an office, or one person there, is asked to find and describe because the library has nothing of it."""
