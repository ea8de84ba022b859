"""Asks an engine as a page of the site does, with curated questions and one facet."""

from dataclasses import replace

from library.access import ANONYMOUS, Viewer
from search.access import access_for
from search.asking.find import ranked
from search.asking.question import NOTHING_KNOWN, question_of
from search.asking.relaxing import Ranking
from search.engines.base import Engine
from search.request import SearchRequest
from search.understanding import CuratedQuestions, CuratedRow


def asked(engine: Engine, text: str, *rows: CuratedRow, viewer: Viewer = ANONYMOUS, **request: object) -> Ranking:
    """One page as a reader gets it, with these curated questions in force."""
    wanted = SearchRequest(text=text, **request)  # type: ignore[arg-type]
    question = question_of(wanted, viewer, replace(NOTHING_KNOWN, curated=CuratedQuestions(rows)))
    steps = tuple(replace(step, plan=replace(step.plan, facets=("type",))) for step in question.steps)
    return ranked(engine, wanted, replace(question, steps=steps), access_for(viewer))


def ids(ranking: Ranking) -> list[int]:
    """The records of the page, in its order."""
    return [hit.id for hit in ranking.answer.hits]
