"""What curators set for questions: records that stand first, records that do not come, words that mean the same. Pure; the rows come
from whoever reads the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Keys, keys_of

from .modes import Mode
from .names import written_so

LONGEST_PHRASE = 8  # words of a synonym
LONGEST_KEY = 300  # characters


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """Words that mean the same as those of a question. ``both_ways``: who types them finds the question's words too."""

    words: str
    both_ways: bool = True


@dataclass(frozen=True, slots=True)
class CuratedRow:
    """One curated question. Its pins and its bars are ids of records; the pins in their order."""

    question: str
    pinned: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()
    synonyms: tuple[SynonymRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The records that curators set for one whole question."""

    pinned: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase that is looked for as well. ``display``: it may be given back; a name that is no longer in use may not."""

    written: str
    words: tuple[Keys, ...]
    display: bool = True


@dataclass(frozen=True, slots=True)
class SynonymHit:
    """Words start … end of a query mean the same as each of the others."""

    start: int
    end: int
    others: tuple[Synonym, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[Keys, ...]
    others: tuple[Synonym, ...]


def question_key(text: str) -> str:
    """The same for every spelling of marks, capitals and signs of one question; empty where it has no word."""
    return " ".join(_looked_up(keys_of(text)))[:LONGEST_KEY]


class CuratedQuestions:
    """All curated questions, ready to be looked up."""

    def __init__(self, rows: Iterable[CuratedRow] = ()) -> None:
        self._choices: dict[tuple[str, ...], Choice] = {}
        self._phrases: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        for row in rows:
            words = tuple(keys_of(row.question))
            self._choices[_looked_up(words)] = Choice(row.pinned, row.barred)
            for phrase in _phrases(row):
                self._phrases[_looked_up(phrase.words)].append(phrase)

    def choice(self, words: Sequence[Keys], read: Sequence[Keys]) -> Choice:
        """What is set for the whole question: for the words as typed, else for their likeliest spelling."""
        return self._choices.get(_looked_up(words)) or self._choices.get(_looked_up(read)) or Choice()

    def synonyms(self, words: Sequence[Keys], mode: Mode) -> tuple[SynonymHit, ...]:
        """The phrases of a query that have synonyms, the longest first at each place, none overlapping."""
        return tuple(self._hits(words, mode)) if self._phrases else ()

    def _hits(self, words: Sequence[Keys], mode: Mode) -> Iterator[SynonymHit]:
        place = 0
        while place < len(words):
            hit = self._hit_at(words, place, mode)
            if hit:
                yield hit
            place = hit.end if hit else place + 1

    def _hit_at(self, words: Sequence[Keys], start: int, mode: Mode) -> SynonymHit | None:
        for end in range(min(start + LONGEST_PHRASE, len(words)), start, -1):
            span = words[start:end]
            phrases = [phrase for phrase in self._phrases.get(_looked_up(span), ()) if _means(span, phrase.words, mode)]
            if phrases:
                return SynonymHit(start, end, tuple(dict.fromkeys(other for phrase in phrases for other in phrase.others)))
        return None


def _means(span: Sequence[Keys], own: Sequence[Keys], mode: Mode) -> bool:
    """Whether the span is the phrase. One that curators wrote without any mark stands for every spelling."""
    return not any(word.marked for word in own) or written_so(span, own, mode)


def _phrases(row: CuratedRow) -> Iterator[_Phrase]:
    """The question and the synonyms that hold both ways mean one another; the synonyms of one way are only looked for."""
    same = [_synonym(row.question), *(_synonym(each.words) for each in row.synonyms if each.both_ways)]
    others = [_synonym(each.words) for each in row.synonyms if not each.both_ways]
    for own in same:
        looked_for = tuple(other for other in dict.fromkeys((*same, *others)) if other.words and other.words != own.words)
        if own.words and looked_for:
            yield _Phrase(own.words, looked_for)


def _synonym(text: str) -> Synonym:
    return Synonym(" ".join(text.split()), tuple(keys_of(text)))


def _looked_up(words: Sequence[Keys]) -> tuple[str, ...]:
    """The folded words; of a script without spaces the word as it is written."""
    return tuple(word.fold or word.written for word in words)
