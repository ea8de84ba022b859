"""What a query means, before any engine is thought of: its words, mode, phrases, names, glued spans and likeliest spelling."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import LONGEST_GLUE, Keys, glue_key, words

from .curated import SynonymHit
from .lexicon import Lexicon
from .modes import Mode, mode_of
from .names import NameAuthority, NameHit
from .spelling import best_spelling, is_repair

LONGEST_QUERY = 300  # characters
MOST_WORDS = 64
SHORTEST_GLUED_WORD = 4
# "của" and "người" in every spelling of every tier: pairs across them mean nothing, and cost topic + people queries much.
PARTING_WORDS = frozenset({"cua⁴", "cua", "ngươi¹", "ngươi", "nguoi"})
_QUOTED = re.compile('["“”]([^"“”]+)["“”]')


@dataclass(frozen=True, slots=True)
class GlueSpan:
    """Words start … end of the query, looked for as one word in titles and names."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A query understood."""

    typed: str
    words: tuple[Keys, ...]
    mode: Mode
    read: tuple[Keys, ...]  # the likeliest spelling, word for word
    places: tuple[tuple[int, int], ...] = ()  # of each word in ``typed``
    names: tuple[NameHit, ...] = ()
    glued: tuple[GlueSpan, ...] = ()
    phrases: tuple[tuple[int, int], ...] = ()  # spans of words that stood between quotation marks
    cut: bool = False  # the query was longer than the limits
    learned: bool = True  # False: there is no lexicon yet, and ``read`` is what was typed
    synonyms: tuple[SynonymHit, ...] = ()  # spans with other words that curators say mean the same

    @property
    def repaired(self) -> dict[int, Keys]:
        """The words that were read as other words, by their place."""
        pairs = enumerate(zip(self.words, self.read, strict=True))
        return {place: read for place, (typed, read) in pairs if is_repair(typed, read, self.mode)}

    @property
    def different_words(self) -> list[Keys]:
        """The likeliest spelling of each different word of the query, in their order."""
        first: dict[str, Keys] = {}
        for typed, read in zip(self.words, self.read, strict=True):
            first.setdefault(typed.written, read)
        return list(first.values())

    def rewritten(self) -> str:
        """The query as typed, with the repaired words in the place of the unknown ones."""
        text, repaired = self.typed, self.repaired
        for place in sorted(repaired, reverse=True):
            start, end = self.places[place]
            text = text[:start] + repaired[place].written + text[end:]
        return text

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """Spans of the query within which neighbours make a pair."""
        spans, start = [], 0
        for place, word in enumerate([*self.words, None]):
            if word is None or word.clusters or word.exact in PARTING_WORDS:
                spans.append((start, place))
                start = place + 1
        return [(start, end) for start, end in spans if end - start > 1]


def understand(text: str, lexicon: Lexicon, names: NameAuthority) -> Reading:
    """Everything that the query's own words tell, in the order names, glue, repair and restoration."""
    typed, cut = _within_limits(text)
    found = list(words(typed))
    keys = tuple(word.keys for word in found)
    mode = mode_of(keys)
    hits = tuple(names.hits(keys, mode))
    glued = tuple(_glue_spans(keys, lexicon, names))
    settled = [(hit.start, hit.end) for hit in hits] + [(span.start, span.end) for span in glued if _settled(span, names)]
    protected = {place for start, end in settled for place in range(start, end)}
    read = tuple(best_spelling(keys, mode, lexicon, protected))
    places = tuple((word.start, word.end) for word in found)
    phrases = tuple(_phrases(typed, [start for start, _ in places]))
    return Reading(typed, keys, mode, read, places, hits, glued, phrases, cut, learned=lexicon.total > 0)


def _within_limits(text: str) -> tuple[str, bool]:
    """The query cut at a word, to at most so many characters and words, and whether anything was cut."""
    typed = " ".join(text.split())
    ends = [word.end for word in words(typed)]
    if len(typed) <= LONGEST_QUERY and len(ends) <= MOST_WORDS:
        return typed, False
    kept = [end for end in ends[:MOST_WORDS] if end <= LONGEST_QUERY]
    return typed[: kept[-1] if kept else LONGEST_QUERY], True


def _glue_spans(keys: Sequence[Keys], lexicon: Lexicon, names: NameAuthority) -> list[GlueSpan]:
    found = []
    for start in range(len(keys)):
        for end in range(start + 1, min(start + LONGEST_GLUE, len(keys)) + 1):
            key = glue_key(keys[start:end])
            if key and _worth_gluing(key, end - start, lexicon, names):
                found.append(GlueSpan(start, end, key))
    return found


def _worth_gluing(key: str, length: int, lexicon: Lexicon, names: NameAuthority) -> bool:
    """A word that the index lacks may be a name written together; a span may be a name or a word written apart."""
    known = lexicon.occurrences(key, "fold") > 0
    if length == 1:
        return len(key) >= SHORTEST_GLUED_WORD and not known
    return known or names.knows_glued(key)


def _settled(span: GlueSpan, names: NameAuthority) -> bool:
    """Whether the span is known to be a name or a word, so that repair must leave it alone."""
    return span.end - span.start > 1 or names.knows_glued(span.key)


def _phrases(text: str, starts: list[int]) -> list[tuple[int, int]]:
    found = []
    for match in _QUOTED.finditer(text):
        inside = [place for place, start in enumerate(starts) if match.start() <= start < match.end()]
        if inside:
            found.append((inside[0], inside[-1] + 1))
    return found
