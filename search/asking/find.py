"""The one way from a reader's request to records: understand, plan, ask an engine, read the database by the access rule."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import prefetch_related_objects

from library.access import Viewer
from library.presentation.queries import bare_lines
from library.records.models import Record

from ..access import AccessFilter, access_for
from ..engines.base import DEEPEST, Engine, EngineUnavailable, Hit, IndexOutdated, Passage
from ..engines.registry import engines
from ..indexing.knowledge import lexicon, names
from ..query.plan import Plan, Sort
from ..request import SearchRequest
from ..understanding import Reading, understand
from ..understanding.conditions import Condition
from .first_hits import is_to_be_answered, search_and_read
from .passages_first import search_passages
from .question import Knowledge, Question, own_knowledge, question_of
from .relaxing import Ranking, Relaxation, Step, search_relaxing

logger = logging.getLogger(__name__)

PASSAGES_PER_RECORD = 3
MOST_WORDS_TOLD = 8  # of a longer query nobody reads which of its words a record has
Reply = TypeVar("Reply")


class SearchUnavailable(Exception):
    """No engine answers. Browsing still works: it reads the database."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found. ``hits`` are only those that the reader may see; the record of each is in ``records``.

    ``total`` and ``facets`` count the records that have all that was asked, or, where there are none, those of the first easier
    step that found any. ``words_in_part`` has, for each hit behind them, which of the words it has.
    """

    reading: Reading
    plan: Plan
    viewer: Viewer
    hits: tuple[Hit, ...]
    records: Mapping[int, Record]
    passages: Mapping[int, tuple[Passage, ...]]
    total: int
    followers: int  # records behind those counted, which have only a part; 0 where this page has no room for any
    words_in_part: Mapping[int, tuple[str, ...]]
    facets: Mapping[str, Mapping[str, int]]
    cells: Mapping[str, int]
    relaxation: Relaxation
    conditions: tuple[Condition, ...]  # what the words were understood to set; not fulfilled where the relaxation says so
    degraded: bool  # another engine than the first one answered

    @property
    def whole_total(self) -> int:
        """How many records have all that was asked."""
        return self.total if self.relaxation is Relaxation.NOTHING else 0


def find(request: SearchRequest, viewer: Viewer) -> SearchResult:
    """One page of what the reader asked for. Raises SearchUnavailable."""
    question = question_of(request, viewer, own_knowledge())
    return first_answer(lambda engine: find_with(engine, request, question, viewer))


def find_with(engine: Engine, request: SearchRequest, question: Question, viewer: Viewer) -> SearchResult:
    """The page as one engine finds it. Raises what the engine raises."""
    access = access_for(viewer)
    ranking = ranked(engine, request, question, access)
    answer = ranking.answer
    records = _readable(answer.hits, viewer)
    return SearchResult(
        reading=question.reading,
        plan=question.plan,
        viewer=viewer,
        hits=tuple(hit for hit in answer.hits if hit.id in records),
        records=records,
        passages=_passages(engine, question.plan, access, records),
        total=answer.total,
        followers=ranking.followers,
        words_in_part=words_in_part(engine, question, access, answer.hits[ranking.counted :]),
        facets=answer.facets,
        cells=answer.cells,
        relaxation=ranking.relaxation,
        conditions=question.conditions,
        degraded=engine.name != engines()[0].name,
    )


def find_all(request: SearchRequest, viewer: Viewer) -> tuple[list[int], int]:
    """Ids of everything the reader asked for, as far as paging reaches, in its order; and how many there are. Raises SearchUnavailable.

    The caller has to ask the access rule again when it reads the records.
    """
    question = question_of(replace(request, page=1, size=DEEPEST, cells=0), viewer, own_knowledge())

    def ask(engine: Engine) -> tuple[list[int], int]:
        ranking = ranked(engine, request, bare(question), access_for(viewer))
        return [hit.id for hit in ranking.answer.hits[: ranking.counted]], ranking.answer.total

    return first_answer(ask)


def find_total(request: SearchRequest, viewer: Viewer) -> int:
    """How many records have all that the reader asked for. Raises SearchUnavailable."""
    question = question_of(replace(request, page=1, size=1, cells=0, sort=Sort.NEWEST), viewer, own_knowledge())
    strictest = bare(replace(question, steps=question.steps[:1]))
    return first_answer(lambda engine: ranked(engine, request, strictest, access_for(viewer)).answer.total)


def find_ids(engine: Engine, text: str, viewer: Viewer, knowledge: Knowledge, depth: int) -> list[int]:
    """Ids of the first hits of a plain query in the order in which a page shows them: what the judged sets score."""
    request = SearchRequest(text=text, size=depth)
    ranking = ranked(engine, request, bare(question_of(request, viewer, knowledge)), access_for(viewer))
    return [hit.id for hit in ranking.answer.hits]


def ranked(engine: Engine, request: SearchRequest, question: Question, access: AccessFilter) -> Ranking:
    """One page of hits with its counts."""
    if request.inside:
        return search_passages(engine, question.steps, access)
    if is_to_be_answered(question):
        return search_and_read(engine, question, access)
    return search_relaxing(engine, question.steps, access)


def bare(question: Question) -> Question:
    """The same question for ids alone: no facets, no texts."""
    steps = (Step(step.relaxation, replace(step.plan, facets=(), snippets=False, ids_only=True)) for step in question.steps)
    return replace(question, steps=tuple(steps))


def words_in_part(engine: Engine, question: Question, access: AccessFilter, hits: Sequence[Hit]) -> dict[int, tuple[str, ...]]:
    """Which words of the query each hit has, in their likeliest spelling: one small search for each word."""
    plan, words = question.plan, question.reading.different_words
    if not hits or len(words) > MOST_WORDS_TOLD:
        return {}
    ids, found = tuple(hit.id for hit in hits), defaultdict(list)
    for word, group in zip(words, plan.coverage, strict=True):
        one = Plan(coverage=(group,), coverage_minimum=1, ids=ids, size=len(ids), ids_only=True)
        for hit in engine.search(one, access).hits:
            found[hit.id].append(word.written)
    return {pk: tuple(words) for pk, words in found.items()}


def first_answer(ask: Callable[[Engine], Reply]) -> Reply:
    """The answer of the first engine that gives one."""
    for engine in engines():
        try:
            return ask(engine)
        except (EngineUnavailable, IndexOutdated) as error:
            logger.warning("The search engine %s does not answer: %s", engine.name, error)
    raise SearchUnavailable


def _passages(engine: Engine, plan: Plan, access: AccessFilter, records: Mapping[int, Record]) -> Mapping[int, tuple[Passage, ...]]:
    """Passages inside the records. The communities of each record with passages are fetched along: who may open its files asks them."""
    passages = engine.passages(plan, access, list(records), PASSAGES_PER_RECORD)
    prefetch_related_objects([records[pk] for pk in passages], "communities")
    return passages


def _readable(hits: Iterable[Hit], viewer: Viewer) -> dict[int, Record]:
    """The records of the hits that the reader may still see, with their summaries: the index may lag behind a withdrawal.

    Without the parts of their lines: of hits that are listings of one practice, a page shows the practice alone.
    """
    visible = Record.objects.visible_to(viewer).filter(pk__in=[hit.id for hit in hits]).order_by()
    return {record.pk: record for record in bare_lines(visible, "summary_vi", "summary_en")}


def suggested_query(reading: Reading) -> str:
    """The query with its unknown words repaired. Empty if none was, or if the repaired query has a name that must not be shown."""
    if not reading.repaired:
        return ""
    text = reading.rewritten()
    hidden = any(not hit.display for hit in understand(text, lexicon(), names()).names)
    return "" if hidden else text
