"""A reader's request as the searches that answer it. Pages, exports, alerts and the judged sets all ask through here."""

from dataclasses import dataclass, replace

from library.access import Viewer

from ..facets import offered_facets
from ..indexing.knowledge import lexicon, names
from ..query.clauses import excluding, in_full, near, plan_for, required_in
from ..query.plan import FacetFilter, Plan, Sort
from ..query.weights import ALL_FIELDS, PEOPLE, QUESTION_FROM
from ..request import SearchRequest
from ..understanding import Lexicon, NameAuthority, Reading, understand
from .relaxing import Relaxation, Step, steps_of
from .within_collection import members_of


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a query is understood with."""

    lexicon: Lexicon
    names: NameAuthority


@dataclass(frozen=True, slots=True)
class Question:
    """A request understood. ``steps`` are its searches from the strictest to the easiest."""

    reading: Reading
    steps: tuple[Step, ...]

    @property
    def plan(self) -> Plan:
        """What every step scores and marks, with the coverage of the easiest step that asks for one."""
        return next((step.plan for step in self.steps if step.relaxation is Relaxation.PART), self.steps[0].plan)


def own_knowledge() -> Knowledge:
    """What the library has learnt of its own records and authorities."""
    return Knowledge(lexicon(), names())


def question_of(request: SearchRequest, viewer: Viewer, knowledge: Knowledge) -> Question:
    """The request understood. Of whom asks, only the collections that he may see matter here."""
    reading = understand(request.words, knowledge.lexicon, knowledge.names)
    plan = _plan(request, reading, viewer, knowledge)
    whole = in_full(plan) if len(plan.coverage) < QUESTION_FROM else plan
    return Question(reading, steps_of(plan, whole))


def _plan(request: SearchRequest, reading: Reading, viewer: Viewer, knowledge: Knowledge) -> Plan:
    plan = plan_for(reading, request.fields or ALL_FIELDS)
    types = request.facets.get("type", ())
    return replace(
        plan,
        required=required_in(understand(request.people, knowledge.lexicon, knowledge.names), PEOPLE),
        near=near(*request.near) if request.near else None,
        excluded=excluding(understand(request.excluded, knowledge.lexicon, knowledge.names)),
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
