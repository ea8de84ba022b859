"""Bulletins in a browser."""
