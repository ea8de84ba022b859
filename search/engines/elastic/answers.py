"""Answers of Elasticsearch as the values of the interface. Pure."""

from collections.abc import Mapping
from typing import Any

from search.engines.base import Answer, Hit, Passage, Snippet
from search.query.plan import Plan

from .bodies import CELLS, COUNTS, HITS, LIKENESS


def answer_of(answers: Mapping[str, Any], plan: Plan) -> Answer:
    """One page of hits. ``answers`` are those to the searches of ``bodies.search_bodies``, by name."""
    counts = answers[COUNTS].get("aggregations", {})
    aggregations = {name: answers[name]["aggregations"] if name in answers else counts for name in plan.facets}
    return Answer(
        hits=tuple(_hit(hit) for hit in answers[HITS]["hits"]["hits"]),
        total=answers[COUNTS]["hits"]["total"]["value"],
        facets={name: _buckets(aggregation[name]) for name, aggregation in aggregations.items()},
        cells=_buckets(counts[CELLS]) if plan.cells else {},
    )


def _buckets(aggregation: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in aggregation["buckets"]}


def _hit(item: dict[str, Any]) -> Hit:
    source = item.get("_source", {})
    highlighted = item.get("highlight", {}).get("body", [])
    return Hit(
        id=int(item["_id"]),
        score=item["_score"] or 0.0,
        titles=tuple(source.get("title", ())),
        names=tuple(source.get("names", ())),
        snippets=tuple(Snippet("body", text) for text in highlighted),
        texts=tuple(source.get("body", ())),
        likeness=next(iter(item.get("fields", {}).get(LIKENESS, ())), None),
    )


def passage_of(source: dict[str, Any]) -> Passage:
    """A passage from the source that was stored with it."""
    return Passage(source["record_id"], source["kind"], " ".join(source["body"]), source["locator"])
