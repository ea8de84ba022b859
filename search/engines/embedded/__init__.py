"""The embedded engine: an index in a folder, the default on one machine. The only package that speaks to tantivy."""

from .engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
