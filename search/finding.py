"""The one way from a reader's request to records: understand, plan, ask an engine, read again from the database by the law."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from library.access import Viewer
from library.records.models import Record
from library.records.presentation.lines import for_lines

from .access import AccessFilter, access_for
from .engines.base import Answer, Engine, EngineUnavailable, Hit, IndexOutdated, Moment
from .engines.registry import engines
from .facets import offered_facets
from .knowledge import lexicon, names
from .plan import FacetFilter, Plan, Sort
from .query import ALL_FIELDS, excluding, plan_for
from .relaxing import GivenUp, search_relaxing
from .request import SearchRequest
from .understanding import Reading, understand

logger = logging.getLogger(__name__)

MOMENTS_PER_RECORD = 3


class SearchUnavailable(Exception):
    """No engine answers; browsing still works, for it reads the database."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a request led to. ``hits`` are only those that the reader may see, each with its record in ``records``."""

    reading: Reading
    plan: Plan
    hits: tuple[Hit, ...]
    records: Mapping[int, Record]
    moments: Mapping[int, tuple[Moment, ...]]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    given_up: GivenUp
    degraded: bool  # another engine than the first one answered


def find(request: SearchRequest, viewer: Viewer) -> Found:
    """One page of what the reader asked for. Raises SearchUnavailable."""
    reading = understand(request.text, lexicon(), names())
    plan = _plan(request, reading)
    access = access_for(viewer)
    for place, engine in enumerate(engines()):
        try:
            answer, given_up = search_relaxing(engine, plan, access)
            moments = _moments(engine, plan, access, answer)
        except (EngineUnavailable, IndexOutdated) as error:
            logger.warning("The search engine %s does not answer: %s", engine.name, error)
            continue
        records = _readable(answer.hits, viewer)
        hits = tuple(hit for hit in answer.hits if hit.id in records)
        return Found(reading, plan, hits, records, moments, answer.total, answer.facets, given_up, degraded=place > 0)
    raise SearchUnavailable


def _plan(request: SearchRequest, reading: Reading) -> Plan:
    plan = plan_for(reading, request.fields or ALL_FIELDS)
    types = request.facets.get("type", ())
    return replace(
        plan,
        excluded=excluding(understand(request.excluded, lexicon(), names())),
        filters=tuple(FacetFilter(name, values) for name, values in request.facets.items()),
        dates=request.dates,
        facets=tuple(facet.name for facet in offered_facets(types)),
        sort=request.sort if plan.clauses or request.sort is not Sort.RELEVANCE else Sort.NEWEST,
        offset=request.offset,
        size=request.size,
    )


def _moments(engine: Engine, plan: Plan, access: AccessFilter, answer: Answer) -> Mapping[int, tuple[Moment, ...]]:
    return engine.moments(plan, access, [hit.id for hit in answer.hits], MOMENTS_PER_RECORD)


def _readable(hits: Sequence[Hit], viewer: Viewer) -> dict[int, Record]:
    """The records of the hits that the law still opens: the index may lag behind a withdrawal."""
    found = for_lines(Record.objects.visible_to(viewer).filter(pk__in=[hit.id for hit in hits]))
    return {record.pk: record for record in found}
