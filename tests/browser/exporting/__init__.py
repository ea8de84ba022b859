"""Exports in a browser."""
