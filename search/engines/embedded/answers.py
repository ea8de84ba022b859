"""What the embedded index answers: a page of hits with its counts, and passages. It reads an opened index and writes nothing."""

from dataclasses import replace
from typing import Any

from tantivy import DocAddress, Document, Order, Query, Searcher, SearchResult

from search.access import AccessFilter
from search.engines.base import DEEPEST, MOST_CELLS, Answer, Hit, Passage, Snippet
from search.query.highlighting import Marker
from search.query.plan import FACET_TIER, Plan, Sort
from search.semantic.vectors import product
from search.semantic.vectors import unpacked as unpacked_vector

from . import queries
from .fields import facet_field, unpacked
from .store import Reader

MOST_FACET_VALUES = 10_000
ROOM_FOR_TIES = 500  # hits read behind a page: they cost next to nothing, and a search that is asked again costs as much as the first
_SORTED_BY = {Sort.NEWEST: ("sort_newest", Order.Desc), Sort.DATE: ("sort_date", Order.Asc), Sort.TITLE: ("sort_title", Order.Asc)}
ScoredAddresses = list[tuple[float, DocAddress]]


def answer_of(reader: Reader, plan: Plan, access: AccessFilter) -> Answer:
    """One page of hits, with counts."""
    if not _known(reader, plan):
        return Answer()
    apart_from = plan.apart_from if plan.apart_from and _known(reader, plan.apart_from) else None
    plan = replace(plan, facets=tuple(name for name in plan.facets if name in reader.facets), apart_from=apart_from)
    query = queries.record_query(reader.schema, plan, access)
    scored, total = _page(reader, query, plan)
    hits = _bare_hits(reader, scored) if plan.ids_only else _hits(reader, plan, scored)
    if not (total or plan.counts_of_nothing):
        return Answer(hits)
    return Answer(hits, total, _facet_counts(reader, query, plan, access), _cell_counts(reader, query, plan.cells))


def _known(reader: Reader, plan: Plan) -> bool:
    """Whether the index has the facets of a plan. One that was declared after the index was built has no records in it yet."""
    in_groups = {term.field for group in plan.coverage for terms in group for term in terms if term.tier == FACET_TIER}
    return in_groups | {choice.name for choice in plan.filters} <= set(reader.facets)


def _page(reader: Reader, query: Query, plan: Plan) -> tuple[ScoredAddresses, int]:
    """The hits of one page and the number of all. Equal scores are ordered by id, whatever pages the reader has seen."""
    order, end = _SORTED_BY.get(plan.sort), min(plan.offset + plan.size, DEEPEST)
    if plan.sort is Sort.RELEVANCE and not plan.clauses:
        order = ("id", Order.Asc)
    if order:
        field, direction = order
        result = reader.records.search(query, end, order_by_field=field, order=direction)
        return [(0.0, address) for _, address in result.hits[plan.offset :]], _count(result)
    limit = end + ROOM_FOR_TIES
    while True:
        result = reader.records.search(query, limit)
        hits = result.hits
        lowest = hits[:end][-1][0] if hits and end else 0.0
        if len(hits) < limit or hits[-1][0] < lowest:
            break
        limit *= 8
    hits = [hit for hit in hits if hit[0] >= lowest]
    ids = reader.records.fast_field_values("id", [address for _, address in hits])
    ranked = sorted(zip(hits, ids, strict=True), key=lambda item: (-item[0][0], item[1]))
    return [hit for hit, _ in ranked[plan.offset : end]], _count(result)


def _bare_hits(reader: Reader, scored: ScoredAddresses) -> tuple[Hit, ...]:
    ids = reader.records.fast_field_values("id", [address for _, address in scored])
    return tuple(Hit(int(number or 0), score) for (score, _), number in zip(scored, ids, strict=True))


def _hits(reader: Reader, plan: Plan, scored: ScoredAddresses) -> tuple[Hit, ...]:
    marker = Marker(plan.highlight)
    return tuple(_hit(reader, plan, marker, score, address) for score, address in scored)


def _hit(reader: Reader, plan: Plan, marker: Marker, score: float, address: DocAddress) -> Hit:
    document = reader.records.doc(address)
    number, shown = _values(document)
    snippets = (Snippet("body", marker.snippet(shown["body"])),) if plan.snippets and shown["body"] else ()
    texts = tuple(shown["body"]) if plan.texts else ()
    vector = document.get_first("vector") if plan.meaning else None
    likeness = product(plan.meaning, unpacked_vector(vector)) if plan.meaning and vector else None
    return Hit(number, score, tuple(shown["title"]), tuple(shown["names"]), snippets, texts, likeness)


def stored_values(searcher: Searcher, address: DocAddress) -> tuple[int, dict[str, Any]]:
    """The record's id and what was stored with the document."""
    return _values(searcher.doc(address))


def _values(document: Document) -> tuple[int, dict[str, Any]]:
    number, stored = document.get_first("id"), document.get_first("stored")
    assert number is not None and stored is not None
    return number, unpacked(stored)


def _count(result: SearchResult) -> int:
    return result.count  # type: ignore[attr-defined]  # tantivy's stub leaves it out


def passage_of(reader: Reader, address: DocAddress) -> Passage:
    record, stored = stored_values(reader.passages, address)
    return Passage(record, stored["kind"], " ".join(stored["body"]), stored["locator"])


def _facet_counts(reader: Reader, query: Query, plan: Plan, access: AccessFilter) -> dict[str, dict[str, int]]:
    """Counts of each facet; those of a selected facet ignore its own choice, so each of these takes a query of its own."""
    selected = {choice.name for choice in plan.filters} & set(plan.facets)
    counted = [(query, [name for name in plan.facets if name not in selected])]
    counted += [(queries.record_query(reader.schema, plan, access, without=name), [name]) for name in selected]
    counts: dict[str, dict[str, int]] = {}
    for narrowed, names in counted:
        if names:
            aggregations = {name: {"terms": {"field": facet_field(name), "size": MOST_FACET_VALUES}} for name in names}
            answer = reader.records.aggregate(narrowed, aggregations)
            counts |= {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in names}
    return counts


def _cell_counts(reader: Reader, query: Query, zoom: int) -> dict[str, int]:
    """Map tiles of one zoom. The field holds those of every zoom."""
    if not zoom:
        return {}
    answer = reader.records.aggregate(query, {"cells": {"terms": {"field": "tile", "size": MOST_CELLS, "include": f"{zoom}/.*"}}})
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["cells"]["buckets"]}
