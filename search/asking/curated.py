"""What curators set for a question, put into its searches: synonyms beside its words, pinned records first, barred ones not at all.

It widens no access: a pinned record passes the access rule and the reader's own conditions as every other does, or is not there.
"""

from collections.abc import Iterable
from dataclasses import replace

from ..query.plan import Plan
from ..request import SearchRequest
from ..understanding import CuratedQuestions, NameAuthority, Reading, Synonym, SynonymHit, mode_of
from .relaxing import Step


def with_synonyms(reading: Reading, request: SearchRequest, curated: CuratedQuestions, names: NameAuthority) -> Reading:
    """The reading with the synonyms of its words. Quotation marks ask for these very words.

    Words that have synonyms as they were typed are known, so they are not repaired; the others are looked up as they were repaired.
    """
    if not _applies(request) or reading.phrases:
        return reading
    reading = _without_repairs(reading, curated.synonyms(reading.words, reading.mode))
    repaired = reading.repaired
    hits = curated.synonyms([repaired.get(place, word) for place, word in enumerate(reading.words)], reading.mode)
    shown = (replace(hit, others=tuple(replace(other, display=_may_be_shown(other, names)) for other in hit.others)) for hit in hits)
    return replace(reading, synonyms=tuple(shown))


def _without_repairs(reading: Reading, hits: Iterable[SynonymHit]) -> Reading:
    """The reading with the words of the hits left as they were typed."""
    undone = {place for hit in hits for place in range(hit.start, hit.end)} & reading.repaired.keys()
    read = tuple(reading.words[place] if place in undone else word for place, word in enumerate(reading.read))
    return replace(reading, read=read)


def _may_be_shown(synonym: Synonym, names: NameAuthority) -> bool:
    """Whether no name in it is one that must not be shown."""
    mode = mode_of(synonym.words)
    whole = names.owners_named(synonym.words, mode) and synonym.written.casefold() not in map(str.casefold, names.displayed)
    return not whole and all(hit.display for hit in names.hits(synonym.words, mode))


def curated_steps(
    steps: tuple[Step, ...], plan: Plan, request: SearchRequest, reading: Reading, curated: CuratedQuestions
) -> tuple[Step, ...]:
    """The searches of a question with its pins and bars. ``plan`` has the conditions that the reader set by hand.

    Inside recordings and pages a record comes by its passages: nothing is pinned there.
    """
    if not _applies(request) or reading.phrases:
        return steps
    choice = curated.choice(reading.words, reading.read)
    if not choice.pinned and not choice.barred:
        return steps
    pins = None if request.inside or not choice.pinned else _pins(plan, choice.pinned)
    return tuple(replace(step, plan=replace(step.plan, pins=pins, barred=choice.barred)) for step in steps)


def _pins(plan: Plan, pinned: Iterable[int]) -> Plan:
    """What a pinned record has to meet: all conditions that the reader set by hand, none of the words."""
    among = None if plan.ids is None else set(plan.ids)
    return Plan(
        ids=tuple(pk for pk in pinned if among is None or pk in among),
        required=plan.required,
        excluded=plan.excluded,
        filters=plan.filters,
        dates=plan.dates,
        box=plan.box,
    )


def _applies(request: SearchRequest) -> bool:
    """Not where the reader wants the very words, or says where they stand."""
    return not (request.as_typed or request.phrase or request.near or request.fields)
