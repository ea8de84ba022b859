"""From a plan to the body of an Elasticsearch search. Pure; no query language of Elasticsearch ever sees what a reader typed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from search.access import AccessFilter
from search.analysis import PAIR_TIERS, WORD_TIERS, Keys
from search.engines.base import MOST_CELLS, MOST_INSIDE
from search.engines.moments import moment_clauses, moment_coverage
from search.highlighting import WINDOW
from search.plan import Clause, FacetFilter, Group, Near, Plan, Sort, Term

MOST_FACET_VALUES = 10_000
EXACT_PREFIX_BOOST = 3.0
FACET, CELLS, VALUES = "facet-", "cells", "values"  # names of aggregations
Body = dict[str, Any]
_SORTS: dict[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.NEWEST: [{"updated": "desc"}, {"id": "desc"}],
    Sort.DATE: [{"first_day": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    Sort.TITLE: [{"title_sort": "asc"}, {"id": "asc"}],
}


def search_body(plan: Plan, access: AccessFilter) -> Body:
    """One page of records with the counts of the facets asked for."""
    body: Body = {
        "query": _query(plan, access),
        "sort": _SORTS[plan.sort],
        "from": plan.offset,
        "size": plan.size,
        "track_total_hits": True,
        "_source": ["title", "names"],
    }
    if plan.filters:
        body["post_filter"] = {"bool": {"filter": [_choice(choice) for choice in plan.filters]}}
    aggregations = {f"{FACET}{name}": _counts(name, plan.filters) for name in plan.facets}
    if plan.cells:
        aggregations[CELLS] = _cells(plan)
    if aggregations:
        body["aggs"] = aggregations
    if plan.passages:
        body["highlight"] = _highlight(plan)
    return body


def moments_body(plan: Plan, access: AccessFilter, ids: Sequence[int], per_record: int) -> Body | None:
    """The best moments of each of the records given, or nothing where the plan has no words."""
    clauses = moment_clauses(plan)
    if not clauses or not ids:
        return None
    scored = {"bool": {"should": list(_scored(clauses)), "minimum_should_match": 1}}
    filters = [_open_to(access), {"terms": {"record_id": list(ids)}}]
    return {
        "query": {"bool": {"filter": filters, "must": [scored]}},
        "size": len(ids),
        "_source": False,
        "collapse": {
            "field": "record_id",
            "inner_hits": {"name": "best", "size": per_record, "sort": [{"_score": "desc"}, {"position": "asc"}]},
        },
    }


def inside_body(plan: Plan, access: AccessFilter) -> Body | None:
    """Records by their best moment, or nothing where the plan has no words."""
    clauses = moment_clauses(plan)
    if not clauses:
        return None
    filters = [_open_to(access)]
    if groups := [_group(group) for group in moment_coverage(plan)]:
        filters.append({"bool": {"should": groups, "minimum_should_match": plan.coverage_minimum}})
    scored = {"bool": {"should": list(_scored(clauses)), "minimum_should_match": 1}}
    return {
        "query": {"bool": {"filter": filters, "must": [scored]}},
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


def _query(plan: Plan, access: AccessFilter) -> Body:
    filters = [_open_to(access), *(_group(group) for group in (*plan.phrases, *plan.required))]
    if plan.coverage:
        groups = [_group(group) for group in plan.coverage]
        filters.append({"bool": {"should": groups, "minimum_should_match": plan.coverage_minimum}})
    if plan.dates:
        ends = {"gte": plan.dates.first, "lte": plan.dates.last}
        filters.append({"range": {"date": {"relation": "intersects"} | {end: day for end, day in ends.items() if day}}})
    if plan.box:
        corners = {"top_left": {"lat": plan.box.north, "lon": plan.box.west}, "bottom_right": {"lat": plan.box.south, "lon": plan.box.east}}
        filters.append({"geo_bounding_box": {"location": corners}})
    if plan.near:
        filters.append(_near(plan.near))
    if plan.ids is not None:
        filters.append({"terms": {"id": list(plan.ids)}})
    excluded = [*(_group(group) for group in plan.excluded), *_closed(access)]
    scored = list(_scored(plan.clauses))
    optional = {"should": scored, "minimum_should_match": 0 if plan.coverage else 1} if scored else {}
    return {"bool": {"filter": filters, "must_not": excluded, **optional}}


def _scored(clauses: Sequence[Clause]) -> Iterator[Body]:
    """Words of one weight go in one match; chains of pairs go as the words they were made of."""
    by_place: dict[tuple[str, str, float], list[Term]] = defaultdict(list)
    for clause in clauses:
        by_place[clause.term.field, clause.term.tier, clause.weight].append(clause.term)
    for (field, tier, weight), terms in by_place.items():
        if tier in WORD_TIERS:
            yield _match(field, tier, " ".join(term.written for term in terms), weight)
        elif tier in PAIR_TIERS:
            yield from (_match(field, tier, piece, weight) for piece in _chains(terms))
        else:
            yield from ({"term": {_path(field, tier): {"value": term.key, "boost": weight}}} for term in terms)


def _chains(pairs: Iterable[Term]) -> list[str]:
    """ "a b", "b c" → "a b c": what overlaps needs one clause; the pairs that come of it are the same."""
    chains: list[list[str]] = []
    for term in pairs:
        first, second = term.written.split(" ")
        if chains and chains[-1][-1] == first:
            chains[-1].append(second)
        else:
            chains.append([first, second])
    return [" ".join(chain) for chain in chains]


def _group(group: Group) -> Body:
    return _any_of({"bool": {"filter": [_required(term) for term in terms]}} if len(terms) > 1 else _required(terms[0]) for terms in group)


def _near(near: Near) -> Body:
    """Both phrases whole, in either order; ``max_gaps`` counts the words that stand between them."""
    phrases = [{"match": {"query": " ".join(words), "ordered": True, "max_gaps": 0}} for words in (near.first, near.second)]
    orders = [{"all_of": {"intervals": order, "ordered": True, "max_gaps": near.gap}} for order in (phrases, phrases[::-1])]
    return _any_of({"intervals": {_path(field, "fold"): {"any_of": {"intervals": orders}}}} for field in near.fields)


def _required(term: Term) -> Body:
    if term.tier in WORD_TIERS or term.tier in PAIR_TIERS:
        return _match(term.field, term.tier, term.written, 1.0)
    return {"term": {_path(term.field, term.tier): term.key}}


def _match(field: str, tier: str, text: str, weight: float) -> Body:
    return {"match": {_path(field, tier): {"query": text, "boost": weight}}}


def _path(field: str, tier: str) -> str:
    if field in ("all", "nospace") or tier == "exact":
        return field
    return f"{field}.{tier}"


def _any_of(queries: Iterable[Body]) -> Body:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def _begins(tier: str, readings: Sequence[Keys], boost: float = 1.0) -> Body:
    written = " ".join(reading.written for reading in readings)
    return {"multi_match": {"query": written, "fields": [f"title.{tier}", f"names.{tier}"], "type": "most_fields", "boost": boost}}


def _choice(choice: FacetFilter) -> Body:
    return {"terms": {f"facets.{choice.name}": list(choice.values)}}


def _counts(name: str, filters: Sequence[FacetFilter]) -> Body:
    """The counts of a facet under the choices of all others."""
    others = [_choice(choice) for choice in filters if choice.name != name]
    terms = {"terms": {"field": f"facets.{name}", "size": MOST_FACET_VALUES}}
    return {"filter": {"bool": {"filter": others}}, "aggs": {VALUES: terms}}


def _cells(plan: Plan) -> Body:
    """Map tiles of the hits: under the choices of all facets, which the query itself does not hold."""
    grid = {"geotile_grid": {"field": "location", "precision": plan.cells, "size": MOST_CELLS}}
    return {"filter": {"bool": {"filter": [_choice(choice) for choice in plan.filters]}}, "aggs": {VALUES: grid}}


def _highlight(plan: Plan) -> Body:
    """The passage only: which words to mark in it is decided by search.highlighting, so no tags are inserted."""
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
