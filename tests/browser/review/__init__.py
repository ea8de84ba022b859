"""The review of records in a browser."""
