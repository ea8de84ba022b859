"""From a plan to a query of tantivy. A filter adds nothing to a score; the score is the plain sum of the clauses."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema

from library.calendars.day_numbers import OPEN
from search.access import AccessFilter
from search.analysis import LONGEST_PREFIX, Keys, pair
from search.engines.passages import passage_clauses, passage_coverage
from search.query.plan import FACET_TIER, Clause, Group, Near, Plan, QueryTerm
from search.query.weights import EXACT_PREFIX_BOOST

from .fields import facet_field, field_name


def record_query(schema: Schema, plan: Plan, access: AccessFilter, without: str = "") -> Query:
    """The whole search; ``without`` names a facet whose own choice is left out, for its counts."""
    excluded = [_group(schema, group) for group in plan.excluded]
    if plan.barred:
        excluded.append(Query.term_set_query(schema, "id", list(plan.barred)))
    if plan.apart_from:
        excluded.append(_all(_requirements(schema, plan.apart_from)))
    filters = [_open_to(schema, access), *_requirements(schema, plan, without)]
    return _filtered(_scored(schema, plan), filters, [*excluded, *_closed(schema, access)], must_score=not plan.coverage)


def passage_query(schema: Schema, plan: Plan, access: AccessFilter, ids: Sequence[int]) -> Query | None:
    """The same words inside the records given, or nothing where the plan has none."""
    return _passages(schema, plan, [_open_to(schema, access), Query.term_set_query(schema, "id", list(ids))]) if ids else None


def inside_query(schema: Schema, plan: Plan, access: AccessFilter) -> Query | None:
    """The same words inside any record; a passage must hold them as a record must."""
    filters = [_open_to(schema, access)]
    if plan.ids is not None:
        filters.append(Query.term_set_query(schema, "id", list(plan.ids)))
    groups = [(Occur.Should, _group(schema, group)) for group in passage_coverage(plan)]
    if groups:
        filters.append(Query.boolean_query(groups, minimum_number_should_match=plan.coverage_minimum))
    return _passages(schema, plan, filters)


def _passages(schema: Schema, plan: Plan, filters: list[Query]) -> Query | None:
    clauses = passage_clauses(plan)
    return _filtered(_sum(schema, clauses), filters, [], must_score=True) if clauses else None


def _near(schema: Schema, near: Near) -> Query:
    """Both orders in each field. tantivy's slop may stand anywhere between the words, so the pairs that make a phrase are asked too."""
    orders = dict.fromkeys(((*near.first, *near.second), (*near.second, *near.first)))
    pairs = [pair(*two) for words in (near.first, near.second) for two in pairwise(words)]
    return Query.boolean_query([(Occur.Should, _near_in(schema, field, orders, pairs, near.gap)) for field in near.fields])


def _near_in(schema: Schema, field: str, orders: Iterable[tuple[str, ...]], pairs: Sequence[str], gap: int) -> Query:
    phrases = [(Occur.Should, Query.phrase_query(schema, field_name(field, "fold"), list(words), gap)) for words in orders]
    whole = [(Occur.Must, _term(schema, QueryTerm(field, "fold2", token, ""))) for token in pairs]
    return Query.boolean_query([(Occur.Must, Query.boolean_query(phrases)), *whole])


def suggestion_query(schema: Schema, words: Sequence[tuple[Keys, ...]], access: AccessFilter) -> Query:
    """Every word, in one of its readings, begins a word of a title or name; where its marks agree too, the better."""
    required = [(Occur.Must, _begins(schema, "prefix", [reading.typed_fold for reading in word])) for word in words]
    agreeing = [_begins(schema, "prefix_exact", [reading.typed_letters + reading.tones for reading in word]) for word in words]
    preferred = [(Occur.Should, Query.boost_query(query, EXACT_PREFIX_BOOST)) for query in agreeing]
    return _filtered(Query.boolean_query([*required, *preferred]), [_open_to(schema, access)], _closed(schema, access), must_score=True)


def _requirements(schema: Schema, plan: Plan, without: str = "") -> list[Query]:
    """Each of them has to be met, whoever asks; or, of a plan with pins, all that the pins have to meet."""
    own = _own_requirements(schema, plan, without)
    if plan.pins is None:
        return own
    either = [_all(own), _all(_own_requirements(schema, plan.pins, without))]
    return [Query.boolean_query([(Occur.Should, query) for query in either])]


def _own_requirements(schema: Schema, plan: Plan, without: str) -> list[Query]:
    filters = [_group(schema, group) for group in (*plan.phrases, *plan.required)]
    filters += [_any_value(schema, facet_field(choice.name), choice.values) for choice in plan.filters if choice.name != without]
    if plan.dates:
        first = -OPEN if plan.dates.first is None else plan.dates.first
        last = OPEN if plan.dates.last is None else plan.dates.last
        filters.append(Query.range_query(schema, "first_day", FieldType.Integer, None, last))
        filters.append(Query.range_query(schema, "last_day", FieldType.Integer, first, None))
    if plan.box:
        filters.append(Query.range_query(schema, "latitude", FieldType.Float, plan.box.south, plan.box.north))
        filters.append(Query.range_query(schema, "longitude", FieldType.Float, plan.box.west, plan.box.east))
    if plan.coverage:
        groups = [(Occur.Should, _group(schema, group)) for group in plan.coverage]
        filters.append(Query.boolean_query(groups, minimum_number_should_match=plan.coverage_minimum))
    if plan.near:
        filters.append(_near(schema, plan.near))
    if plan.ids is not None:
        filters.append(Query.term_set_query(schema, "id", list(plan.ids)))
    return filters


def _filtered(scored: Query | None, filters: Sequence[Query], excluded: Sequence[Query], *, must_score: bool) -> Query:
    parts = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in filters]
    parts += [(Occur.MustNot, query) for query in excluded]
    if scored is not None:
        parts.append((Occur.Must if must_score else Occur.Should, scored))
    return Query.boolean_query(parts)


def _all(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else Query.all_query()


def _scored(schema: Schema, plan: Plan) -> Query | None:
    """The words' scores; pinned records score above all others, whatever their words."""
    words = _sum(schema, plan.clauses)
    if not plan.pinned:
        return words
    pins = [Query.const_score_query(Query.term_set_query(schema, "id", [pk]), score) for pk, score in plan.pin_scores.items()]
    return Query.boolean_query([(Occur.Should, query) for query in (*pins, *([words] if words else []))])


def _sum(schema: Schema, clauses: Sequence[Clause]) -> Query | None:
    terms = [(Occur.Should, Query.boost_query(_term(schema, clause.term), clause.weight)) for clause in clauses]
    return Query.boolean_query(terms) if terms else None


def _group(schema: Schema, group: Group) -> Query:
    return Query.boolean_query([(Occur.Should, _all_of(schema, terms)) for terms in group])


def _all_of(schema: Schema, terms: Sequence[QueryTerm]) -> Query:
    if len(terms) == 1:
        return _term(schema, terms[0])
    return Query.boolean_query([(Occur.Must, _term(schema, term)) for term in terms])


def _term(schema: Schema, term: QueryTerm) -> Query:
    if term.tier == FACET_TIER:
        return Query.term_query(schema, facet_field(term.field), term.key, index_option="basic")
    return Query.term_query(schema, field_name(term.field, term.tier), term.key, index_option="freq")


def _begins(schema: Schema, tier: str, beginnings: Sequence[str]) -> Query:
    terms = [
        QueryTerm(field, tier, beginning[:LONGEST_PREFIX], "") for field in ("title", "names") for beginning in dict.fromkeys(beginnings)
    ]
    return Query.boolean_query([(Occur.Should, _term(schema, term)) for term in terms])


def _open_to(schema: Schema, access: AccessFilter) -> Query:
    return _any_value(schema, "access", access.tokens)


def _any_value(schema: Schema, field: str, values: Iterable[str]) -> Query:
    """Documents with one of a few raw values. As a set of terms it would be worked out over the whole index first, for every search."""
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, value, index_option="basic")) for value in values])


def _closed(schema: Schema, access: AccessFilter) -> list[Query]:
    """What is not open yet, or no more. A document without such a day is in neither range."""
    today = access.day.toordinal()
    return [
        Query.range_query(schema, "open_from", FieldType.Integer, today + 1, None),
        Query.range_query(schema, "open_until", FieldType.Integer, None, today - 1),
    ]
