"""The one way from a reader's request to records: understand, plan, ask an engine, read the database by the access rule."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import prefetch_related_objects

from library.access import Viewer
from library.pages.queries import for_lines
from library.records.models import Record

from ..access import AccessFilter, access_for
from ..engines.base import DEEPEST, Answer, Engine, EngineUnavailable, Hit, IndexOutdated, Passage
from ..engines.registry import engines
from ..facets import offered_facets
from ..indexing.knowledge import lexicon, names
from ..query.clauses import excluding, near, plan_for, required_in
from ..query.plan import FacetFilter, Plan, Sort
from ..query.weights import ALL_FIELDS, PEOPLE
from ..request import SearchRequest
from ..understanding import Reading, understand
from .passages_first import search_passages
from .relaxing import Relaxation, search_relaxing
from .within_collection import members_of

logger = logging.getLogger(__name__)

PASSAGES_PER_RECORD = 3
Reply = TypeVar("Reply")


class SearchUnavailable(Exception):
    """No engine answers. Browsing still works: it reads the database."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found. ``hits`` are only those that the reader may see; the record of each is in ``records``."""

    reading: Reading
    plan: Plan
    viewer: Viewer
    hits: tuple[Hit, ...]
    records: Mapping[int, Record]
    passages: Mapping[int, tuple[Passage, ...]]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    cells: Mapping[str, int]
    relaxation: Relaxation
    degraded: bool  # another engine than the first one answered


def find(request: SearchRequest, viewer: Viewer) -> SearchResult:
    """One page of what the reader asked for. Raises SearchUnavailable."""
    reading = understand(request.words, lexicon(), names())
    plan = _plan(request, reading, viewer)
    access = access_for(viewer)

    def ask(engine: Engine) -> SearchResult:
        answer, relaxation = _search_of(request)(engine, plan, access)
        records = _readable(answer.hits, viewer)
        return SearchResult(
            reading=reading,
            plan=plan,
            viewer=viewer,
            hits=tuple(hit for hit in answer.hits if hit.id in records),
            records=records,
            passages=_passages(engine, plan, access, records),
            total=answer.total,
            facets=answer.facets,
            cells=answer.cells,
            relaxation=relaxation,
            degraded=engine.name != engines()[0].name,
        )

    return _first_answer(ask)


def find_all(request: SearchRequest, viewer: Viewer) -> tuple[list[int], int]:
    """Ids of everything the reader asked for, as far as paging reaches, in its order; and how many there are. Raises SearchUnavailable.

    The caller has to ask the access rule again when it reads the records.
    """
    plan = _plan(request, understand(request.words, lexicon(), names()), viewer)
    plan = replace(plan, facets=(), cells=0, offset=0, size=DEEPEST, snippets=False)

    def ask(engine: Engine) -> tuple[list[int], int]:
        answer, _relaxation = _search_of(request)(engine, plan, access_for(viewer))
        return [hit.id for hit in answer.hits], answer.total

    return _first_answer(ask)


def _search_of(request: SearchRequest) -> Callable[[Engine, Plan, AccessFilter], tuple[Answer, Relaxation]]:
    return search_passages if request.inside else search_relaxing


def _first_answer(ask: Callable[[Engine], Reply]) -> Reply:
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


def _passages(engine: Engine, plan: Plan, access: AccessFilter, records: Mapping[int, Record]) -> Mapping[int, tuple[Passage, ...]]:
    """Passages inside the records. The files of each record with passages are fetched along."""
    passages = engine.passages(plan, access, list(records), PASSAGES_PER_RECORD)
    prefetch_related_objects([records[pk] for pk in passages], "communities", "media__asset")
    return passages


def _readable(hits: Sequence[Hit], viewer: Viewer) -> dict[int, Record]:
    """The records of the hits that the reader may still see, with their summaries: the index may lag behind a withdrawal."""
    visible = Record.objects.visible_to(viewer).filter(pk__in=[hit.id for hit in hits])
    records = for_lines(visible, "summary_vi", "summary_en")
    return {record.pk: record for record in records}


def suggested_query(reading: Reading) -> str:
    """The query with its unknown words repaired. Empty if none was, or if the repaired query has a name that must not be shown."""
    if not reading.repaired:
        return ""
    text = reading.rewritten()
    hidden = any(not hit.display for hit in understand(text, lexicon(), names()).names)
    return "" if hidden else text
