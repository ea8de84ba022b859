"""The ZIP file of an issue: written, compared with the one before, verified. Knows bytes and paths, no record."""
