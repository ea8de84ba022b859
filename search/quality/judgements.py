"""Judged queries over the library's own collection: what readers want, as they type it, and which records answer it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from library.access import ANONYMOUS
from library.records.models import Record

from ..analysis import keys_of
from ..answers import AnswerCard, answers_for
from ..asking.find import find_with
from ..asking.question import own_knowledge, question_of
from ..engines.registry import engine
from ..request import SearchRequest
from .evaluation import Score, score


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """One need: typed well, typed badly, and the grades of the records that answer it, by their keys in the source."""

    typed: str
    misspelt: str
    answers: dict[str, int]

    @property
    def forms(self) -> dict[str, str]:
        """The spellings that are scored."""
        return {"full": self.typed, "no marks": " ".join(word.fold for word in keys_of(self.typed)), "misspelt": self.misspelt}


def judged_queries(path: Path) -> list[JudgedQuery]:
    """The queries of a file of tab-separated rows: query, misspelt, answers as ``key:grade`` between spaces.

    A key is that of a record in its source or names a card (``_name_of``), its spaces written ``%20``.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [JudgedQuery(row["query"], row["misspelt"], _answers(row["answers"])) for row in csv.DictReader(file, delimiter="\t")]


def score_collection(engine_name: str, queries: Sequence[JudgedQuery]) -> dict[str, Score]:
    """The scores of each spelling, as the first page answers an anonymous reader through one engine: the cards, then the hits."""
    relevant = {str(number): query.answers for number, query in enumerate(queries)}
    asked, knowledge = engine(engine_name), own_knowledge()
    keys = dict(Record.objects.values_list("identifier", "source_key"))

    def ranking(text: str) -> list[str]:
        request = SearchRequest(text=text)
        result = find_with(asked, request, question_of(request, ANONYMOUS, knowledge), ANONYMOUS)
        cards = [_name_of(card) for card in answers_for(result, request)]
        hits = [result.records[hit.id].identifier for hit in result.hits]
        return list(dict.fromkeys(keys.get(name.rpartition("/")[2]) or name for name in (*cards, *hits)))

    return {
        form: score({str(number): query.forms[form] for number, query in enumerate(queries)}, relevant, ranking)
        for form in queries[0].forms
    }


def _name_of(card: AnswerCard) -> str:
    """The address of the page that a card opens, without its language: ``dan-toc/mong``. Of a card that opens no page of its own, or a
    list of results, what it recognised: ``former/Hà Giang``."""
    if not card.url or "?" in card.url:
        return f"{card.code}/{card.title.plain}"
    return card.url.strip("/").removeprefix("en/")


def _answers(text: str) -> dict[str, int]:
    pairs = (answer.rsplit(":", 1) for answer in text.split())
    return {unquote(key): int(grade) for key, grade in pairs}
