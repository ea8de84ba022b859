"""Care of vocabularies in a browser."""
