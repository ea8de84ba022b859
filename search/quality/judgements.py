"""Judged queries over the library's own collection: what readers want, as they type it, and which records answer it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from library.access import ANONYMOUS
from library.records.models import Record

from ..analysis import keys_of
from ..asking.find import find_ids
from ..asking.question import own_knowledge
from ..engines.registry import engine
from .evaluation import DEPTH, Score, score

# Mean reciprocal rank of the first answer, by how the query is typed. A change that falls below is not merged.
GOALS = {"full": 0.92, "no marks": 0.92, "misspelt": 0.89}


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
    """The queries of a file of tab-separated rows: query, misspelt, answers as ``key:grade`` between spaces."""
    with path.open(encoding="utf-8", newline="") as file:
        return [JudgedQuery(row["query"], row["misspelt"], _answers(row["answers"])) for row in csv.DictReader(file, delimiter="\t")]


def score_collection(engine_name: str, queries: Sequence[JudgedQuery]) -> dict[str, Score]:
    """The scores of each spelling, as an anonymous reader is answered by one engine."""
    keys = {pk: key or "" for pk, key in Record.objects.values_list("pk", "source_key")}
    relevant = {str(number): query.answers for number, query in enumerate(queries)}

    def ranking(text: str) -> list[str]:
        ids = find_ids(engine(engine_name), text, ANONYMOUS, own_knowledge(), DEPTH)
        return [keys.get(number, "") for number in ids]

    return {
        form: score({str(number): query.forms[form] for number, query in enumerate(queries)}, relevant, ranking)
        for form in queries[0].forms
    }


def _answers(text: str) -> dict[str, int]:
    pairs = (answer.rsplit(":", 1) for answer in text.split())
    return {key: int(grade) for key, grade in pairs}
