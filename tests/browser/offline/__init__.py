"""Walks without a network."""
