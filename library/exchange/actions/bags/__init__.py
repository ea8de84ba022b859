"""Bags from this or another library: checked whole, then their records become drafts of an office."""
