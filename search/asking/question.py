"""A reader's request as the searches that answer it. Pages, exports, alerts and the judged sets all ask through here."""

from dataclasses import dataclass, field, replace

from library.access import Viewer

from ..facets import offered_facets
from ..indexing.knowledge import curated_questions, lexicon, names
from ..indexing.vocabulary import vocabulary
from ..query.clauses import excluding, in_full, near, plan_for, required_in
from ..query.plan import FacetFilter, Plan, Sort
from ..query.weights import ALL_FIELDS, PEOPLE, QUESTION_FROM
from ..request import SearchRequest
from ..understanding import CuratedQuestions, EmptyLexicon, Lexicon, NameAuthority, Reading, understand
from ..understanding.conditions import Condition, Vocabulary
from .conditions import conditions_of, settled, steps_under
from .curated import curated_steps, with_synonyms
from .relaxing import Relaxation, Step, steps_of
from .within_collection import members_of


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a query is understood with."""

    lexicon: Lexicon
    names: NameAuthority
    vocabulary: Vocabulary | None = None  # of what a request may set as conditions; None: words are only words
    curated: CuratedQuestions = field(default_factory=CuratedQuestions)


NOTHING_KNOWN = Knowledge(EmptyLexicon(), NameAuthority([]))


@dataclass(frozen=True, slots=True)
class Question:
    """A request understood. ``steps`` are its searches from the strictest to the easiest."""

    reading: Reading
    steps: tuple[Step, ...]
    conditions: tuple[Condition, ...] = ()

    @property
    def plan(self) -> Plan:
        """What every step scores and marks, with the coverage of the easiest step that asks for one by words."""
        plan_of = {step.relaxation: step.plan for step in self.steps}
        return plan_of.get(Relaxation.PART) or plan_of.get(Relaxation.CONDITIONS) or self.steps[0].plan


def own_knowledge() -> Knowledge:
    """What the library has learnt of its own records and authorities."""
    return Knowledge(lexicon(), names(), vocabulary(), curated_questions())


def question_of(request: SearchRequest, viewer: Viewer, knowledge: Knowledge) -> Question:
    """The request understood. Of whom asks, only the collections that he may see matter here."""
    if request.as_typed:
        knowledge = NOTHING_KNOWN
    reading = understand(request.words, knowledge.lexicon, knowledge.names)
    conditions = conditions_of(request, reading, knowledge.vocabulary)
    reading = with_synonyms(settled(reading, conditions), request, knowledge.curated, knowledge.names)
    plan = _plan(request, reading, viewer, knowledge)
    whole = in_full(plan) if len(plan.coverage) < QUESTION_FROM else plan
    understood = steps_under(plan, reading, conditions, viewer) if conditions else ()
    steps = steps_of(plan, whole, understood)
    return Question(reading, curated_steps(steps, plan, request, reading, knowledge.curated), conditions)


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
