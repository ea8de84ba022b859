"""Commands of the curation package."""
