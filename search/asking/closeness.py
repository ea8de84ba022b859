"""How close together a record has the words of a question. Pure: it knows no engine.

A search by words counts each word by itself, wherever it stands in a text. What answers a question mostly has its words in one sentence,
and side by side as they were asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from ..analysis import Keys, keys_of
from ..query.weights import PAIRS_SHARE, SENTENCE_SHARE

LONGEST_READ = 20_000  # characters of one record
_END_OF_SENTENCE = re.compile(r"(?<=[.!?;…])\s+|\n+")
# Words that ask, with their marks or without: an answer does not say them. Of "đâu" and "sao" other words are written alike without marks.
ASKING = frozenset(("nào", "nao", "gì", "gi", "đâu", "ai", "nhiêu"))
Form = str  # a word without its marks; of a script without spaces as it is written


@dataclass(frozen=True, slots=True)
class RecordText:
    """What a record says: its titles, which belong to each of its sentences, and its texts."""

    titles: Sequence[str]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """The different words of the question that each sentence has, and those pairs of neighbours that any sentence has."""

    sentences: list[set[Form]]
    pairs: set[tuple[Form, Form]]

    @property
    def words(self) -> set[Form]:
        return set().union(*self.sentences)


def closeness(question: Sequence[Keys], records: Mapping[int, RecordText]) -> dict[int, float]:
    """For each record from 0 to SENTENCE_SHARE + PAIRS_SHARE. A word counts the more, the fewer of these records have it."""
    asks = {form for word, form in zip(question, _forms(question), strict=True) if word.written in ASKING}
    asked = _forms(question)
    words, pairs = set(asked) - asks, {pair for pair in pairwise(asked) if asks.isdisjoint(pair)}
    found = {pk: _found(record, words, pairs) for pk, record in records.items()}
    rarity = {word: _rarity(sum(word in each.words for each in found.values()), len(found)) for word in words}
    whole = sum(rarity.values())

    def of(each: _Found) -> float:
        best = max((sum(rarity[word] for word in sentence) for sentence in each.sentences), default=0.0)
        return SENTENCE_SHARE * best / whole + PAIRS_SHARE * len(each.pairs) / max(1, len(pairs))

    return {pk: of(each) for pk, each in found.items()} if whole else dict.fromkeys(records, 0.0)


def _found(record: RecordText, words: set[Form], pairs: set[tuple[Form, Form]]) -> _Found:
    in_titles = words.intersection(form for title in record.titles for form in _forms(keys_of(title)))
    sentences, neighbours = [in_titles], set[tuple[Form, Form]]()
    for sentence in _sentences(record.texts):
        forms = _forms(keys_of(sentence))
        sentences.append(words.intersection(forms) | in_titles)
        neighbours |= pairs.intersection(pairwise(forms))
    return _Found(sentences, neighbours)


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    left = LONGEST_READ
    for text in texts:
        yield from _END_OF_SENTENCE.split(text[:left])
        left = max(0, left - len(text))


def _forms(words: Iterable[Keys]) -> list[Form]:
    return [word.fold or word.written for word in words]


def _rarity(having: int, records: int) -> float:
    """As in BM25, over these records alone: a word that all of them have tells nothing apart."""
    return log(1 + records / (having + 0.5))
