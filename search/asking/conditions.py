"""The conditions of a short request as a plan: what each demands is required, and only the other words are looked for as words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from library.access import Viewer
from library.calendars.day_numbers import astronomical_year, first_day, last_day
from library.pages.queries.festivals import next_occurrences
from library.presentation.queries import visible_records

from ..query.plan import FACET_TIER, AllOf, DateRange, Group, Plan, QueryTerm
from ..request import SearchRequest
from ..understanding import Reading
from ..understanding.conditions import Condition, Demand, Kind, Vocabulary, understand_conditions
from .relaxing import Relaxation, Step

MOST_COMING, SOON = 200, timedelta(days=92)  # "sắp tới": so many festivals at most, in the coming three months
LASTING = (Kind.PEOPLE, Kind.LANGUAGE, Kind.PLACE)  # who and where is asked to the end
# Two conditions of these kinds are alternatives: "người Tày và người Nùng".
ALTERNATIVES = {Kind.TYPE, Kind.PEOPLE, Kind.PLACE, Kind.MEDIA, Kind.MONTH}


def conditions_of(request: SearchRequest, reading: Reading, vocabulary: Vocabulary | None) -> tuple[Condition, ...]:
    """The conditions of a request. None where the reader wants the very words, or says where they stand."""
    plain = not (request.as_typed or request.inside or request.phrase or request.near or request.fields)
    return understand_conditions(reading, vocabulary) if vocabulary and plain else ()


def settled(reading: Reading, conditions: Sequence[Condition]) -> Reading:
    """The reading with the words of conditions as they were typed: what is understood needs no repair."""
    return replace(
        reading,
        read=tuple(
            reading.words[place] if place in reading.repaired and _covered(place, conditions) else read
            for place, read in enumerate(reading.read)
        ),
    )


def steps_under(plan: Plan, reading: Reading, conditions: Sequence[Condition], viewer: Viewer) -> list[Step]:
    """The searches for what was understood: under all conditions; without those of files; at last under peoples and places alone."""
    lasting = [condition for condition in conditions if condition.kind in LASTING]
    unheard = [condition for condition in conditions if condition.kind is not Kind.MEDIA]
    choices = ((conditions, conditions), (conditions, unheard), (lasting, lasting), (conditions, lasting))
    plans = [_under(plan, reading, taken, kept, viewer) for taken, kept in choices if kept or taken is conditions]
    different = [each for each in dict.fromkeys(plans) if each.coverage]
    return [Step(Relaxation.SOME_CONDITIONS if number else Relaxation.NOTHING, each) for number, each in enumerate(different)]


def _under(plan: Plan, reading: Reading, taken: Sequence[Condition], kept: Sequence[Condition], viewer: Viewer) -> Plan:
    """The plan of a whole request with the conditions ``kept``, and the words outside of those ``taken``. All words add to the score."""
    coverage = (*_words_left(plan, reading, taken), *_groups(kept))
    years = [condition.year for condition in kept if condition.year]
    coming = any(condition.coming for condition in kept)
    return replace(
        plan,
        coverage=coverage,
        coverage_minimum=len(coverage),
        dates=plan.dates or (_in_year(years[0]) if years else None),
        ids=_coming(plan, viewer) if coming else plan.ids,
        as_listed=coming,
    )


def _covered(place: int, conditions: Iterable[Condition]) -> bool:
    return any(condition.covers(place) for condition in conditions)


def _words_left(plan: Plan, reading: Reading, conditions: Sequence[Condition]) -> list[Group]:
    """Of the words' groups in the plan, one for each different word, those that also stand outside the conditions."""
    outside = {word.written for place, word in enumerate(reading.words) if not _covered(place, conditions)}
    different = dict.fromkeys(word.written for word in reading.words)
    return [group for written, group in zip(different, plan.coverage, strict=True) if written in outside]


def _groups(conditions: Iterable[Condition]) -> list[Group]:
    joined: dict[Kind, Group] = {}
    single: list[Group] = []
    for condition in conditions:
        groups = [_group(demand) for demand in condition.demands]
        if condition.kind in ALTERNATIVES and len(groups) == 1:
            joined[condition.kind] = (*joined.get(condition.kind, ()), *groups[0])
        else:
            single += groups
    return [*joined.values(), *single]


def _group(demand: Demand) -> Group:
    values: list[AllOf] = [(QueryTerm(each.facet, FACET_TIER, each.value, each.value),) for each in demand.values]
    title: list[AllOf] = [tuple(QueryTerm("title", "fold", word.fold, word.written) for word in demand.title)] if demand.title else []
    text: list[AllOf] = [tuple(QueryTerm("all", "fold", word.fold, word.written) for word in demand.anywhere)] if demand.anywhere else []
    return (*values, *title, *text)


def _in_year(year: int) -> DateRange:
    return DateRange(first_day(astronomical_year(year)), last_day(astronomical_year(year)))


def _coming(plan: Plan, viewer: Viewer) -> tuple[int, ...]:
    """The festivals that come next, the nearest first, among the records that may be found at all."""
    today = timezone.localdate()
    nearest = next_occurrences(visible_records(viewer), today, MOST_COMING)
    return tuple(key for key, occurrence in nearest if occurrence.start <= today + SOON and (plan.ids is None or key in plan.ids))
