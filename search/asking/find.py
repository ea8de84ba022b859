"""The one way from a reader's request to records: understand, plan, ask an engine, read again from the database by the law."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import prefetch_related_objects

from library.access import Viewer
from library.pages.queries import for_lines
from library.records.models import Record

from ..access import AccessFilter, access_for
from ..engines.base import DEEPEST, Answer, Engine, EngineUnavailable, Hit, IndexOutdated, Moment
from ..engines.registry import engines
from ..facets import offered_facets
from ..indexing.knowledge import lexicon, names
from ..query.clauses import ALL_FIELDS, PEOPLE, excluding, near, plan_for, required_in
from ..query.plan import FacetFilter, Plan, Sort
from ..query.request import SearchRequest
from ..understanding import Reading, understand
from .passages_first import search_moments
from .relaxing import GivenUp, search_relaxing
from .within_collection import members_of

logger = logging.getLogger(__name__)

MOMENTS_PER_RECORD = 3
Answered = TypeVar("Answered")


class SearchUnavailable(Exception):
    """No engine answers; browsing still works, for it reads the database."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a request led to. ``hits`` are only those that the reader may see, each with its record in ``records``."""

    reading: Reading
    plan: Plan
    viewer: Viewer
    hits: tuple[Hit, ...]
    records: Mapping[int, Record]
    moments: Mapping[int, tuple[Moment, ...]]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    cells: Mapping[str, int]
    given_up: GivenUp
    degraded: bool  # another engine than the first one answered


def find(request: SearchRequest, viewer: Viewer) -> Found:
    """One page of what the reader asked for. Raises SearchUnavailable."""
    reading = understand(request.words, lexicon(), names())
    plan = _plan(request, reading, viewer)
    access = access_for(viewer)

    def ask(engine: Engine) -> Found:
        answer, given_up = _look(request)(engine, plan, access)
        records = _readable(answer.hits, viewer)
        moments = _moments(engine, plan, access, records)
        hits = tuple(hit for hit in answer.hits if hit.id in records)
        degraded = engine.name != engines()[0].name
        return Found(reading, plan, viewer, hits, records, moments, answer.total, answer.facets, answer.cells, given_up, degraded)

    return _first_answer(ask)


def find_all(request: SearchRequest, viewer: Viewer) -> tuple[list[int], int]:
    """Ids of everything the reader asked for, as far as paging reaches, in its order; and how many there are. Raises SearchUnavailable.

    The law has to be asked again when the records are read.
    """
    plan = _plan(request, understand(request.words, lexicon(), names()), viewer)
    plan = replace(plan, facets=(), cells=0, offset=0, size=DEEPEST, passages=False)

    def ask(engine: Engine) -> tuple[list[int], int]:
        answer, _given_up = _look(request)(engine, plan, access_for(viewer))
        return [hit.id for hit in answer.hits], answer.total

    return _first_answer(ask)


def _look(request: SearchRequest) -> Callable[[Engine, Plan, AccessFilter], tuple[Answer, GivenUp]]:
    return search_moments if request.inside else search_relaxing


def _first_answer(ask: Callable[[Engine], Answered]) -> Answered:
    """The answer of the first engine that gives one."""
    for engine in engines():
        try:
            return ask(engine)
        except (EngineUnavailable, IndexOutdated) as error:
            logger.warning("The search engine %s does not answer: %s", engine.name, error)
    raise SearchUnavailable


def _plan(request: SearchRequest, reading: Reading, viewer: Viewer) -> Plan:
    plan = plan_for(reading, request.fields or ALL_FIELDS)
    types = request.facets.get("type", ())
    return replace(
        plan,
        required=required_in(understand(request.people, lexicon(), names()), PEOPLE),
        near=near(*request.near) if request.near else None,
        excluded=excluding(understand(request.excluded, lexicon(), names())),
        box=request.box,
        cells=request.cells,
        ids=members_of(request.collection, viewer) if request.collection else None,
        filters=tuple(FacetFilter(name, values) for name, values in request.facets.items()),
        dates=request.dates,
        facets=tuple(facet.name for facet in offered_facets(types)),
        sort=request.sort if plan.clauses or request.sort is not Sort.RELEVANCE else Sort.NEWEST,
        offset=request.offset,
        size=request.size,
    )


def _moments(engine: Engine, plan: Plan, access: AccessFilter, records: Mapping[int, Record]) -> Mapping[int, tuple[Moment, ...]]:
    """Places inside the records, each record of which has its files at hand."""
    moments = engine.moments(plan, access, list(records), MOMENTS_PER_RECORD)
    prefetch_related_objects([records[pk] for pk in moments], "communities", "media__asset")
    return moments


def _readable(hits: Sequence[Hit], viewer: Viewer) -> dict[int, Record]:
    """The records of the hits that the law still opens: the index may lag behind a withdrawal."""
    found = for_lines(Record.objects.visible_to(viewer).filter(pk__in=[hit.id for hit in hits]))
    return {record.pk: record for record in found}
