"""Scores the product's own query path on known queries with known answers, over a throw-away index.

The format of the folder and the way of scoring are those of the relevance set's README: ``corpus.jsonl``, ``queries.jsonl``,
``qrels.tsv`` and ``variants/<name>.jsonl``.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path
from time import perf_counter

from django.conf import settings

from library.access import ANONYMOUS, PUBLIC

from ..analysis import keys_of
from ..asking.find import find_ids
from ..asking.question import Knowledge
from ..engines.base import Engine, SearchDocument, Write
from ..understanding import GroupNameRow, LearnedLexicon, Learner, NameAuthority

ORIGINAL = "orig"
DEPTH = 100
TOP = 10
CHUNK = 500


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document of the set."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RelevanceSet:
    """A corpus with its queries, their spellings and the relevance judgements."""

    documents: tuple[CorpusDocument, ...]
    queries: dict[str, dict[str, str]]  # variant → query id → text
    relevant: dict[str, dict[str, int]]  # query id → document key → grade


@dataclass(frozen=True, slots=True)
class Score:
    """The averages of one variant."""

    mrr: float
    ndcg: float
    recall: float
    empty: int
    p50_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, float]:
        """The names under which the command prints them."""
        return {
            "mrr@10": round(self.mrr, 4),
            "ndcg@10": round(self.ndcg, 4),
            "recall@100": round(self.recall, 4),
            "empty": self.empty,
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
        }


def read_set(folder: Path, variants: Sequence[str] | None = None) -> RelevanceSet:
    """The set in a folder, with all its variants or those named."""
    documents = tuple(CorpusDocument(row["_id"], row.get("title", ""), row["text"]) for row in _rows(folder / "corpus.jsonl"))
    files = {ORIGINAL: folder / "queries.jsonl"} | {file.stem: file for file in sorted((folder / "variants").glob("*.jsonl"))}
    names = list(files) if variants is None else list(variants)
    unknown = set(names) - set(files)
    if unknown:
        raise ValueError(f"no such variant in {folder}: {', '.join(sorted(unknown))}")
    queries = {name: {row["_id"]: row["text"] for row in _rows(files[name])} for name in names}
    return RelevanceSet(documents, queries, _judgements(folder / "qrels.tsv"))


def learn(documents: Sequence[CorpusDocument], path: Path) -> LearnedLexicon:
    """A lexicon of the set's titles and texts and nothing else."""
    learner = Learner()
    for document in documents:
        learner.read(keys_of(document.title))
        learner.read(keys_of(document.text))
    learner.save(path)
    return LearnedLexicon(path)


def search_documents(documents: Sequence[CorpusDocument]) -> list[SearchDocument]:
    """The documents as an index takes them, numbered in their order, all of them open to everybody."""
    return [
        SearchDocument(id=number, texts={"title": (document.title,), "body": (document.text,)}, access_tokens=(PUBLIC,))
        for number, document in enumerate(documents, start=1)
    ]


def load(engine: Engine, documents: Iterable[SearchDocument]) -> None:
    """Put the documents into an index."""
    rebuild = engine.begin_rebuild()
    writes = (Write(document.id, 1, document) for document in documents)
    while chunk := list(islice(writes, CHUNK)):
        rebuild.load(chunk)
    rebuild.activate()
    engine.refresh()


def shipped_names() -> NameAuthority:
    """The names of peoples as the authority files have them, so that scores depend on no database."""
    folder = settings.COLLECTIONS_DIR / "vocabularies"
    official = {row["code"]: row["name_vi"] for row in _table(folder / "ethnic_groups.csv")}
    rows = [GroupNameRow(name, code, name, display=True) for code, name in official.items()]
    for row in _table(folder / "ethnic_group_name_variants.csv"):
        rows.append(GroupNameRow(row["variant"], row["group_code"], official[row["group_code"]], row["display"] == "yes"))
    return NameAuthority(rows)


def evaluate(engine: Engine, relevance_set: RelevanceSet, knowledge: Knowledge) -> dict[str, Score]:
    """The score of every variant. The documents must be in the index already."""
    keys = [document.key for document in relevance_set.documents]

    def ranking(text: str) -> list[str]:
        return [keys[number - 1] for number in find_ids(engine, text, ANONYMOUS, knowledge, DEPTH)]

    return {variant: score(queries, relevance_set.relevant, ranking) for variant, queries in relevance_set.queries.items()}


def score(queries: dict[str, str], relevant: dict[str, dict[str, int]], ranking: Callable[[str], list[str]]) -> Score:
    """The averages over all queries; a query without results counts nothing."""
    mrr = ndcg = recall = 0.0
    empty, times = 0, []
    for key, text in queries.items():
        started = perf_counter()
        ranked_keys = ranking(text)
        times.append((perf_counter() - started) * 1000)
        grades = relevant[key]
        empty += not ranked_keys
        mrr += next((1 / rank for rank, document in enumerate(ranked_keys[:TOP], start=1) if document in grades), 0.0)
        ndcg += _gain(grades.get(document, 0) for document in ranked_keys[:TOP]) / _gain(islice(sorted(grades.values(), reverse=True), TOP))
        recall += sum(document in grades for document in ranked_keys) / len(grades)
    times.sort()
    count = len(queries)
    return Score(mrr / count, ndcg / count, recall / count, empty, times[count // 2], times[int(count * 0.95)])


def _gain(grades: Iterator[int]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    return grades


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
