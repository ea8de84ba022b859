"""From a plan to the body of an Elasticsearch search. Pure; no query language of Elasticsearch ever sees what a reader typed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from search.access import AccessFilter
from search.analysis import PAIR_TIERS, WORD_TIERS, Keys
from search.engines.base import MOST_CELLS, MOST_INSIDE
from search.engines.passages import passage_clauses, passage_coverage
from search.query.highlighting import WINDOW
from search.query.plan import FACET_TIER, Clause, FacetFilter, Group, Near, Plan, QueryTerm, Sort
from search.query.weights import EXACT_PREFIX_BOOST
from search.semantic.vectors import Vector

MOST_FACET_VALUES = 10_000
HITS, COUNTS = "hits", "counts"  # names of searches; those that follow are named after a facet
LIKENESS = "likeness"  # name of a field of hits
CELLS = "cells"  # name of an aggregation
_PRODUCT = """
if (!doc.containsKey('vector') || doc['vector'].size() == 0) return null;
float[] own = doc['vector'].vectorValue;
double sum = 0;
for (int i = 0; i < own.length; i++) sum += own[i] * params.asked[i];
return sum;
"""
Body = dict[str, Any]
_SORTS: dict[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.NEWEST: [{"updated": "desc"}, {"id": "desc"}],
    Sort.DATE: [{"first_day": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    Sort.TITLE: [{"title_sort": "asc"}, {"id": "asc"}],
}


def search_bodies(plan: Plan, access: AccessFilter) -> dict[str, Body]:
    """The searches that make one page, to be asked side by side, by name.

    The hits, where scoring skips whatever cannot come among the best; the counts, which need no scores; and for each facet with
    a choice its own counts, made under all choices but that one.
    """
    matching = _matching(plan, access)
    choices = {choice.name: _choice(choice) for choice in plan.filters}
    open_facets = [name for name in plan.facets if name not in choices]
    counts = {name: _values(name) for name in open_facets} | ({CELLS: _cells(plan)} if plan.cells else {})
    everywhere = _narrowed(matching, choices.values())
    bodies = {HITS: _hits(plan, everywhere), COUNTS: {"query": everywhere, "size": 0, "track_total_hits": True, "aggs": counts}}
    for name in plan.facets:
        if name in choices:
            others = [choice for facet, choice in choices.items() if facet != name]
            bodies[name] = {"query": _narrowed(matching, others), "size": 0, "track_total_hits": False, "aggs": {name: _values(name)}}
    return bodies


def passages_body(plan: Plan, access: AccessFilter, ids: Sequence[int], per_record: int) -> Body | None:
    """The best passages of each of the records given, or nothing where the plan has no words."""
    clauses = passage_clauses(plan)
    if not clauses or not ids:
        return None
    filters = [_open_to(access), {"terms": {"record_id": list(ids)}}]
    return {
        "query": {"bool": {"filter": filters, "should": list(_scored(clauses)), "minimum_should_match": 1}},
        "size": len(ids),
        "_source": False,
        "collapse": {
            "field": "record_id",
            "inner_hits": {"name": "best", "size": per_record, "sort": [{"_score": "desc"}, {"position": "asc"}]},
        },
    }


def inside_body(plan: Plan, access: AccessFilter) -> Body | None:
    """Records by their best passage, or nothing where the plan has no words."""
    clauses = passage_clauses(plan)
    if not clauses:
        return None
    filters = [_open_to(access)]
    if plan.ids is not None:
        filters.append({"terms": {"record_id": list(plan.ids)}})
    if groups := [_group(group) for group in passage_coverage(plan)]:
        filters.append({"bool": {"should": groups, "minimum_should_match": plan.coverage_minimum}})
    return {
        "query": {"bool": {"filter": filters, "should": list(_scored(clauses)), "minimum_should_match": 1}},
        "size": MOST_INSIDE,
        "_source": False,
        "sort": [{"_score": "desc"}, {"record_id": "asc"}],
        "collapse": {"field": "record_id"},
    }


def suggest_body(words: Sequence[tuple[Keys, ...]], access: AccessFilter, limit: int) -> Body:
    """Titles and names that begin like each word in one of its readings; where the marks agree too, the better."""
    return {
        "query": {
            "bool": {
                "filter": [_open_to(access)],
                "must_not": _closed(access),
                "must": [_begins("prefix", word) for word in words],
                "should": [_begins("prefix_exact", word, EXACT_PREFIX_BOOST) for word in words],
            }
        },
        "size": limit,
        "_source": ["title"],
        "sort": [{"_score": "desc"}, {"id": "asc"}],
    }


def _hits(plan: Plan, matching: Body) -> Body:
    """The best of what matches. Every scored word is a clause of its own, beside what filters: only then are documents skipped."""
    query = matching
    if plan.clauses and plan.sort is Sort.RELEVANCE:
        unscored = [{"match_all": {"boost": 0}}] if plan.coverage else []  # covered is found, even where nothing scores
        query = {"bool": {"filter": [matching], "should": [*_scores(plan), *unscored], "minimum_should_match": 1}}
    body: Body = {
        "query": query,
        "sort": _SORTS[plan.sort],
        "from": plan.offset,
        "size": plan.size,
        "track_total_hits": False,
        "_source": False if plan.ids_only else ["title", "names", *(["body"] if plan.texts else [])],
    }
    if plan.meaning:
        body["script_fields"] = {LIKENESS: _likeness(plan.meaning)}
    return body | ({"highlight": _highlight(plan)} if plan.snippets and not plan.ids_only else {})


def _likeness(meaning: Vector) -> Body:
    """Of the hits of a page only. A record without a vector, or an index that keeps none yet, gives nothing."""
    return {"script": {"source": _PRODUCT, "params": {"asked": list(meaning)}}}


def _matching(plan: Plan, access: AccessFilter) -> Body:
    """What a hit has to fulfil, whatever facets are chosen. Without words that have to be there, one that scores has to."""
    filters = [_open_to(access), *_requirements(plan)]
    if plan.clauses and not plan.coverage:
        filters.append(_any_of(_scores(plan)))
    excluded = [_group(group) for group in plan.excluded]
    if plan.barred:
        excluded.append(_these(plan.barred))
    if plan.apart_from:
        excluded.append({"bool": {"filter": [*_requirements(plan.apart_from), *map(_choice, plan.apart_from.filters)]}})
    return {"bool": {"filter": filters, "must_not": [*excluded, *_closed(access)]}}


def _requirements(plan: Plan) -> list[Body]:
    """Each of them has to be met, whoever asks; or, of a plan with pins, all that the pins have to meet.

    The facets are no part of it: their counts are made under other choices.
    """
    own = _own_requirements(plan)
    if plan.pins is None:
        return own
    return [_any_of({"bool": {"filter": each}} for each in (own, _own_requirements(plan.pins)))]


def _own_requirements(plan: Plan) -> list[Body]:
    filters = [_group(group) for group in (*plan.phrases, *plan.required)]
    if plan.coverage:
        groups = [_group(group) for group in plan.coverage]
        filters.append({"bool": {"should": groups, "minimum_should_match": plan.coverage_minimum}})
    if plan.dates:
        ends = {"gte": plan.dates.first, "lte": plan.dates.last}
        filters.append({"range": {"days": {"relation": "intersects"} | {end: day for end, day in ends.items() if day is not None}}})
    if plan.box:
        corners = {"top_left": {"lat": plan.box.north, "lon": plan.box.west}, "bottom_right": {"lat": plan.box.south, "lon": plan.box.east}}
        filters.append({"geo_bounding_box": {"location": corners}})
    if plan.near:
        filters.append(_near(plan.near))
    if plan.ids is not None:
        filters.append(_these(plan.ids))
    return filters


def _these(ids: Sequence[int]) -> Body:
    return {"terms": {"id": list(ids)}}


def _narrowed(matching: Body, choices: Iterable[Body]) -> Body:
    conditions = matching["bool"]
    return {"bool": {**conditions, "filter": [*conditions["filter"], *choices]}}


def _scored(clauses: Iterable[Clause]) -> Iterator[Body]:
    for clause in clauses:
        term = clause.term
        if term.tier in WORD_TIERS or term.tier in PAIR_TIERS:
            yield _match(term.field, term.tier, term.written, clause.weight)
        else:
            yield {"term": {_path(term.field, term.tier): {"value": term.key, "boost": clause.weight}}}


def _scores(plan: Plan) -> Iterator[Body]:
    """The words' scores; pinned records score above all others, whatever their words."""
    yield from _scored(plan.clauses)
    yield from ({"constant_score": {"filter": _these((pk,)), "boost": score}} for pk, score in plan.pin_scores.items())


def _group(group: Group) -> Body:
    return _any_of({"bool": {"filter": [_required(term) for term in terms]}} if len(terms) > 1 else _required(terms[0]) for terms in group)


def _near(near: Near) -> Body:
    """Both phrases whole, in either order; ``max_gaps`` counts the words that stand between them."""
    phrases = [{"match": {"query": " ".join(words), "ordered": True, "max_gaps": 0}} for words in (near.first, near.second)]
    orders = [{"all_of": {"intervals": order, "ordered": True, "max_gaps": near.gap}} for order in (phrases, phrases[::-1])]
    return _any_of({"intervals": {_path(field, "fold"): {"any_of": {"intervals": orders}}}} for field in near.fields)


def _required(term: QueryTerm) -> Body:
    if term.tier in WORD_TIERS or term.tier in PAIR_TIERS:
        return _match(term.field, term.tier, term.written, 1.0)
    return {"term": {_path(term.field, term.tier): term.key}}


def _match(field: str, tier: str, text: str, weight: float) -> Body:
    return {"match": {_path(field, tier): {"query": text, "boost": weight}}}


def _path(field: str, tier: str) -> str:
    if field in ("all", "nospace") or tier == "exact":
        return field
    return f"facets.{field}" if tier == FACET_TIER else f"{field}.{tier}"


def _any_of(queries: Iterable[Body]) -> Body:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def _begins(tier: str, readings: Sequence[Keys], boost: float = 1.0) -> Body:
    written = " ".join(reading.written for reading in readings)
    return {"multi_match": {"query": written, "fields": [f"title.{tier}", f"names.{tier}"], "type": "most_fields", "boost": boost}}


def _choice(choice: FacetFilter) -> Body:
    return {"terms": {f"facets.{choice.name}": list(choice.values)}}


def _values(name: str) -> Body:
    return {"terms": {"field": f"facets.{name}", "size": MOST_FACET_VALUES}}


def _cells(plan: Plan) -> Body:
    """Map tiles of the hits."""
    return {"geotile_grid": {"field": "location", "precision": plan.cells, "size": MOST_CELLS}}


def _highlight(plan: Plan) -> Body:
    """The snippet only: which words to mark in it is decided by search.query.highlighting, so no tags are inserted."""
    tiers = ("exact", "notone") if plan.highlight.exact else ("fold",)
    words = " ".join(plan.highlight.written)
    query = _any_of(_match("body", tier, words, 1.0) for tier in tiers) if words else {"match_none": {}}
    body = {
        "type": "fvh",
        "matched_fields": ["body", *(_path("body", tier) for tier in tiers if tier != "exact")],
        "highlight_query": query,
        "fragment_size": WINDOW,
        "number_of_fragments": 1,
        "no_match_size": WINDOW,
        "pre_tags": [""],
        "post_tags": [""],
    }
    return {"fields": {"body": body}}


def _open_to(access: AccessFilter) -> Body:
    return {"terms": {"access_tokens": list(access.tokens)}}


def _closed(access: AccessFilter) -> list[Body]:
    """What is not open yet, or no more."""
    today = access.day.isoformat()
    return [{"range": {"open_from": {"gt": today}}}, {"range": {"open_until": {"lt": today}}}]
