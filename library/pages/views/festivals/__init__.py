"""The festival calendar, and its days as files."""
