"""The library without a network."""
