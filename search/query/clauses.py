"""From an understood query to the clauses that engines add up. Pure; the weights are in weights.py."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..analysis import PAIR_TIERS, WORD_TIERS, Keys, cluster_tokens, keys_of, pair
from ..understanding import Mode, Reading
from .plan import AllOf, Clause, Group, Highlight, Near, Plan, QueryTerm
from .weights import ALL_FIELDS, FIELDS, GLUE_WEIGHT, GLUED_FIELDS, NO_SPACE_WEIGHT, FieldRules


def plan_for(reading: Reading, fields: Sequence[str] = ALL_FIELDS, *, coverage: bool = True) -> Plan:
    """The clauses, the coverage and the highlighting of a query; filters, sorting and paging are the caller's to add."""
    groups = tuple(_coverage(reading, fields)) if coverage else ()
    return Plan(
        clauses=_summed(_clauses(reading, fields)),
        coverage=groups,
        coverage_minimum=min(len(groups), max(1, len(groups) // 2)),
        phrases=tuple(_phrases(reading)),
        highlight=highlight_for(reading),
    )


def in_full(plan: Plan) -> Plan:
    """The same search, but every word of the query has to be there."""
    return replace(plan, coverage_minimum=len(plan.coverage))


def highlight_for(reading: Reading) -> Highlight:
    """The words to mark in what is found: as typed, as repaired, and the official names and synonyms that were added."""
    meant = [key for words, _sharers in _meant(reading) for key in words]
    words = [*reading.words, *reading.repaired.values(), *meant]
    spaced = [word for word in words if not word.clusters]
    full = reading.mode is Mode.FULL
    return Highlight(
        exact=frozenset(word.exact for word in spaced if full),
        notone=frozenset(word.notone for word in spaced if full),
        fold=frozenset(word.fold for word in spaced if not full),
        clusters=frozenset(word.clusters for word in words if word.clusters),
        folds=frozenset(word.fold for word in spaced),
        written=tuple(dict.fromkeys(word.written for word in spaced)),
    )


def required_in(reading: Reading, field: str) -> tuple[Group, ...]:
    """Every word of a reading, folded, in one field."""
    return tuple(_coverage(reading, (field,)))


def near(first: str, second: str, gap: int) -> Near | None:
    """Two phrases near one another in any field, whatever their marks; nothing where either has no word."""
    phrases = [tuple(word.fold for word in keys_of(text) if not word.clusters) for text in (first, second)]
    return Near(phrases[0], phrases[1], gap, ALL_FIELDS) if all(phrases) else None


def excluding(reading: Reading) -> tuple[Group, ...]:
    """What must not occur: each word as it was typed, in any field; without marks, the folded word."""
    tier = "fold" if reading.mode is Mode.NONE else "exact"
    spaced = [word for word in reading.words if not word.clusters]
    return tuple(tuple((_word(field, tier, word),) for field in ALL_FIELDS) for word in spaced)


def _clauses(reading: Reading, fields: Sequence[str]) -> Iterator[Clause]:
    for field in FIELDS:
        if field.name in fields:
            yield from _typed_clauses(reading, field)
            yield from _meant_clauses(reading, field)
            if field.name in GLUED_FIELDS:
                yield from (Clause(QueryTerm(field.name, "glue", span.key, span.key), GLUE_WEIGHT) for span in reading.glued)
    for word in reading.words:
        for token in cluster_tokens(word.clusters):
            yield Clause(QueryTerm("nospace", "nospace", token, token), NO_SPACE_WEIGHT)


def _typed_clauses(reading: Reading, field: FieldRules) -> Iterator[Clause]:
    share = field.share_in(len(reading.words), reading.mode)
    for rule in field.rules[reading.mode]:
        if rule.tier in field.tiers:
            weight = rule.weight * share
            yield from (Clause(term, weight) for term in SOURCES[rule.source](reading, field.name, rule.tier))


def _meant(reading: Reading) -> Iterator[tuple[Sequence[Keys], int]]:
    """What the words of a query mean beside themselves: official names and synonyms, each with how many share its weight."""
    for hit in reading.names:
        yield from ((keys_of(owner.official), len(hit.owners)) for owner in hit.owners if hit.expands)
    for same in reading.synonyms:
        yield from (([word for word in other.words if not word.clusters], 1) for other in same.others)


def _meant_clauses(reading: Reading, field: FieldRules) -> Iterator[Clause]:
    for keys, sharers in _meant(reading):
        share = field.share_in(len(reading.words), reading.mode) / sharers
        yield from (Clause(_word(field.name, "exact", key), field.official_exact * share) for key in keys)
        if field.official_pair:
            yield from (Clause(_pair(field.name, "exact2", *two), field.official_pair * share) for two in itertools.pairwise(keys))


def _all_typed(reading: Reading, field: str, tier: str) -> Iterator[QueryTerm]:
    return _terms(reading, reading.words, field, tier, lambda place: True)


def _marked(reading: Reading, field: str, tier: str) -> Iterator[QueryTerm]:
    return _terms(reading, reading.words, field, tier, lambda place: reading.words[place].marked)


def _restored(reading: Reading, field: str, tier: str) -> Iterator[QueryTerm]:
    return _terms(reading, reading.read, field, tier, lambda place: reading.learned)


def _repaired(reading: Reading, field: str, tier: str) -> Iterator[QueryTerm]:
    changed = reading.repaired
    return _terms(reading, reading.read, field, tier, changed.__contains__, either=True)


SOURCES: dict[str, Callable[[Reading, str, str], Iterator[QueryTerm]]] = {
    "typed": _all_typed,
    "marked": _marked,
    "restored": _restored,
    "repaired": _repaired,
}


def _terms(
    reading: Reading, words: Sequence[Keys], field: str, tier: str, takes: Callable[[int], bool], either: bool = False
) -> Iterator[QueryTerm]:
    """Words, or pairs inside the pieces of the query; of a pair both places must be taken, or either."""
    if tier in WORD_TIERS:
        yield from (_word(field, tier, word) for place, word in enumerate(words) if takes(place) and not word.clusters)
        return
    holds = any if either else all
    for start, end in reading.pieces:
        for place in range(start, end - 1):
            if holds((takes(place), takes(place + 1))):
                yield _pair(field, tier, words[place], words[place + 1])


def _word(field: str, tier: str, word: Keys) -> QueryTerm:
    return QueryTerm(field, tier, WORD_TIERS[tier](word), word.written)


def _pair(field: str, tier: str, first: Keys, second: Keys) -> QueryTerm:
    key = WORD_TIERS[PAIR_TIERS[tier]]
    return QueryTerm(field, tier, pair(key(first), key(second)), f"{first.written} {second.written}")


def _summed(clauses: Iterator[Clause]) -> tuple[Clause, ...]:
    """Weights of one token are summed; the first written form stands for all."""
    weights: dict[tuple[str, str, str], float] = defaultdict(float)
    written: dict[tuple[str, str, str], QueryTerm] = {}
    for clause in clauses:
        place = (clause.term.field, clause.term.tier, clause.term.key)
        weights[place] += clause.weight
        written.setdefault(place, clause.term)
    return tuple(Clause(written[place], weight) for place, weight in weights.items())


def _coverage(reading: Reading, fields: Sequence[str]) -> Iterator[Group]:
    """One group for each different word: itself, its repair, its glued form, the official name or a synonym of its span satisfies it."""
    seen: set[str] = set()
    for place, word in enumerate(reading.words):
        if word.written not in seen:
            seen.add(word.written)
            yield tuple(dict.fromkeys(_alternatives(reading, place, fields)))


def _alternatives(reading: Reading, place: int, fields: Sequence[str]) -> Iterator[AllOf]:
    word = reading.words[place]
    for same in reading.synonyms:
        if same.start <= place < same.end:
            yield from (alternative for other in same.others for alternative in _somewhere(other.words, fields))
    if word.clusters:
        yield _clusters(word)
        return
    yield from _somewhere([word], fields)
    if place in reading.repaired:
        yield from _somewhere([reading.read[place]], fields)
    for span in reading.glued:
        if span.start <= place < span.end:
            yield from _somewhere(keys_of(span.key), fields)
            yield from ((QueryTerm(field, "glue", span.key, span.key),) for field in GLUED_FIELDS if field in fields)
    for hit in reading.names:
        if hit.expands and hit.start <= place < hit.end:
            for owner in hit.owners:
                yield from _somewhere(keys_of(owner.official), fields)


def _somewhere(words: Sequence[Keys], fields: Sequence[str]) -> Iterator[AllOf]:
    """All of the words, folded: anywhere in a record, or in one of the fields that were asked for."""
    places = ("all",) if tuple(fields) == ALL_FIELDS else fields
    clusters = tuple(term for word in words if word.clusters for term in _clusters(word))
    spaced = [word for word in words if not word.clusters]
    yield from ((*(_word(place, "fold", word) for word in spaced), *clusters) for place in places)


def _clusters(word: Keys) -> AllOf:
    return tuple(QueryTerm("nospace", "nospace", token, token) for token in cluster_tokens(word.clusters))


def _phrases(reading: Reading) -> Iterator[Group]:
    """What stood between quotation marks: every pair of it is required, with its marks if it has any."""
    for start, end in reading.phrases:
        span = [word for word in reading.words[start:end] if not word.clusters]
        tier = "exact" if any(word.marked for word in span) else "fold"
        if len(span) == 1:
            yield tuple((_word(field, tier, span[0]),) for field in ALL_FIELDS)
        for two in itertools.pairwise(span):
            yield tuple((_pair(field, f"{tier}2", *two),) for field in ALL_FIELDS)
