"""Settings, mappings and documents of the two Elasticsearch indexes. Pure."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from search.analysis import Keys, keys_of, mended, parted, tier_texts
from search.engines.base import MOST_INSIDE, PASSAGE_TIERS, RECORD_TIERS, SCHEMA, PassageDocument, SearchDocument, Write
from search.semantic.vectors import VectorSpace

from .analysis import analyzers, char_filters, token_filters

RECORDS, PASSAGES = KINDS = ("records", "moments")  # stored names: the index of passages keeps its first name
Names = dict[str, str]  # kind → name of an alias or index
TOMBSTONES_KEPT = "1h"  # longer than the outbox's longest wait, so that an old write never revives a deleted entry
_VECTORS = {"term_vector": "with_positions_offsets"}
_HIGHLIGHTED = ("title", "names", "body")
_SEARCH_ANALYZERS = {"prefix": "vi_prefix_q", "prefix_exact": "vi_prefix_exact_q"}
_KEYWORD = {"type": "keyword"}
_VECTOR = {"type": "dense_vector", "index": False}  # only of records that words found: no graph of neighbours is needed
_WORDS_OF_CLUSTERS = {"type": "text", "analyzer": "ws"}


def settings() -> dict[str, Any]:
    """Index settings: one shard serves a million records; the analysers are generated."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "refresh_interval": "1s",
        "max_result_window": MOST_INSIDE,
        "gc_deletes": TOMBSTONES_KEPT,
        "max_shingle_diff": 3,
        "analysis": {"char_filter": char_filters(), "filter": token_filters(), "analyzer": analyzers()},
    }


def record_mapping(facets: Sequence[str], space: VectorSpace | None) -> dict[str, Any]:
    """The mapping of records. Unknown fields are refused; facets are those the profiles declare."""
    properties: dict[str, Any] = {field: _text(field, tiers) | {"copy_to": "all"} for field, tiers in RECORD_TIERS.items()}
    properties |= {
        "all": {"type": "text", "analyzer": "vi_fold", "index_options": "docs", "norms": False},
        "nospace": _WORDS_OF_CLUSTERS,
        "facets": {"dynamic": "strict", "properties": dict.fromkeys(facets, _KEYWORD)},
        "access_tokens": _KEYWORD,
        "open_from": {"type": "date"},
        "open_until": {"type": "date"},
        "days": {"type": "long_range"},
        "first_day": {"type": "long"},
        "updated": _KEYWORD,
        "title_sort": _KEYWORD,
        "location": {"type": "geo_point"},
        "id": {"type": "long"},
        "version": {"type": "long"},
    }
    meta = {"schema": SCHEMA, "facets": list(facets)}
    if space:
        meta["vectors"] = space.name
        properties["vector"] = _VECTOR | {"dims": space.dimensions}
    return {"dynamic": "strict", "_meta": meta, "properties": properties}


def passage_mapping() -> dict[str, Any]:
    """The mapping of passages."""
    properties: dict[str, Any] = {field: _text(field, tiers) for field, tiers in PASSAGE_TIERS.items()}
    properties |= {
        "nospace": _WORDS_OF_CLUSTERS,
        "access_tokens": _KEYWORD,
        "record_id": {"type": "long"},
        "version": {"type": "long"},
        "kind": _KEYWORD,
        "position": {"type": "integer"},
        "locator": {"type": "object", "enabled": False},
    }
    return {"dynamic": "strict", "properties": properties}


def record_source(document: SearchDocument, version: int) -> dict[str, Any]:
    """One record as Elasticsearch keeps it; empty values are left out."""
    source = {
        **{field: list(map(mended, values)) for field, values in document.texts.items()},
        "nospace": _clusters(chain.from_iterable(document.words.values())),
        "facets": {name: list(values) for name, values in document.facets.items() if values},
        "access_tokens": list(document.access_tokens),
        "open_from": document.open_from and document.open_from.isoformat(),
        "open_until": document.open_until and document.open_until.isoformat(),
        "days": _span(document),
        "first_day": document.first_day,
        "updated": document.updated,
        "title_sort": document.title_sort,
        "location": document.location and {"lat": document.location[0], "lon": document.location[1]},
        "vector": document.vector and list(document.vector),
        "id": document.id,
        "version": version,
    }
    return {name: value for name, value in source.items() if value not in (None, "", [], {})}


def passage_source(write: Write, passage: PassageDocument) -> dict[str, Any]:
    """One passage as Elasticsearch keeps it."""
    return {
        "body": list(map(mended, passage.texts)),
        "nospace": _clusters(map(keys_of, passage.texts)),
        "access_tokens": list(passage.access_tokens),
        "record_id": write.id,
        "version": write.version,
        "kind": passage.kind,
        "position": passage.position,
        "locator": dict(passage.locator),
    }


def _text(field: str, tiers: Sequence[str]) -> dict[str, Any]:
    """The field itself is the exact tier, every other tier a sub-field."""
    vectors = _VECTORS if field in _HIGHLIGHTED else {}
    subfields = {tier: _tier(tier, vectors) for tier in tiers if tier != "exact"}
    return {"type": "text", "analyzer": "vi_exact", **vectors, "fields": subfields}


def _tier(tier: str, vectors: dict[str, str]) -> dict[str, Any]:
    field: dict[str, Any] = {"type": "text", "analyzer": f"vi_{tier}"}
    if tier in _SEARCH_ANALYZERS:
        field["search_analyzer"] = _SEARCH_ANALYZERS[tier]
    return field | (vectors if tier in ("notone", "fold") else {})


def _clusters(texts: Iterable[Sequence[Keys]]) -> str:
    return tier_texts(["nospace"], parted(texts))["nospace"]


def _span(document: SearchDocument) -> dict[str, int] | None:
    days = {"gte": document.first_day, "lte": document.last_day}
    return {end: day for end, day in days.items() if day is not None} or None
