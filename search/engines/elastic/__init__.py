"""The Elasticsearch engine. The only package that speaks to Elasticsearch; only built-in parts of it, no plugin."""

from .engine import ElasticEngine

__all__ = ["ElasticEngine"]
