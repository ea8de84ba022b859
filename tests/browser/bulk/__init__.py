"""Bulk edits in a browser."""
