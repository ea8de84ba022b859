"""Which words of a text to mark, and which snippet of a long text to show. One way for both engines, by the site's analyser."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..analysis import Keys, Word, WordFilter
from .plan import Highlight

WINDOW = 240  # characters
Span = tuple[int, int]


class Marker:
    """Marks the words of one query in any number of texts."""

    def __init__(self, highlight: Highlight) -> None:
        self._highlight = highlight
        self._filter = WordFilter(highlight.folds, self._is_candidate)

    def marks(self, text: str) -> list[Span]:
        """Where the words of the query stand in the text, in order.

        With full marks a word is marked where it stands as typed, and only where it never does, where its letters stand.
        """
        candidates = list(self._filter.words(text))
        spaced = [word for word in candidates if not word.keys.clusters]
        as_typed = {word.keys.notone for word in spaced if word.keys.exact in self._highlight.exact}
        spans = {(word.start, word.end) for word in spaced if self._shown(word.keys, as_typed)}
        for word in candidates:
            spans.update(self._cluster_spans(text, word))
        return sorted(spans)

    def different_words(self, text: str) -> int:
        """How many different marked words the text has."""
        return len({text[start:end].lower() for start, end in self.marks(text)})

    def snippet(self, texts: Sequence[str]) -> str:
        """The snippet of the one of the texts that holds the most different words of the query; of the first where none does."""
        return self.best_window(max(texts, key=self.different_words) if len(texts) > 1 else texts[0])

    def best_window(self, text: str, width: int = WINDOW) -> str:
        """The snippet that holds the most different words of the query, cut at spaces; the beginning where none occurs."""
        if len(text) <= width:
            return text
        spans = self.marks(text)
        start = _best_start(text, spans, width) if spans else 0
        return _cut_at_spaces(text, start, start + width)

    def _is_candidate(self, keys: Keys) -> bool:
        if keys.clusters:
            return bool(self._highlight.clusters)
        highlight = self._highlight
        return keys.exact in highlight.exact or keys.notone in highlight.notone or keys.fold in highlight.fold

    def _shown(self, keys: Keys, as_typed: set[str]) -> bool:
        return keys.exact in self._highlight.exact or keys.fold in self._highlight.fold or keys.notone not in as_typed

    def _cluster_spans(self, text: str, word: Word) -> Iterator[Span]:
        """Whole clusters of a run that are those of a word of the query; the run is searched as it stands in the text."""
        clusters = word.keys.clusters
        places = _cluster_places(text[word.start : word.end], clusters)
        for query_clusters in self._highlight.clusters if clusters else ():
            for first in range(len(clusters) - len(query_clusters) + 1):
                if clusters[first : first + len(query_clusters)] == query_clusters:
                    yield word.start + places[first], word.start + places[first + len(query_clusters)]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of text, marked or not. The template escapes it and sets the mark."""

    text: str
    marked: bool = False


def marked_texts(text: str, marker: Marker) -> tuple[MarkedText, ...]:
    """The text cut into stretches, so that each marked word is one of its own."""
    stretches, place = [], 0
    for start, end in marker.marks(text):
        if start > place:
            stretches.append(MarkedText(text[place:start]))
        if end > place:
            stretches.append(MarkedText(text[max(start, place) : end], marked=True))
            place = end
    if place < len(text):
        stretches.append(MarkedText(text[place:]))
    return tuple(stretches)


def _best_start(text: str, spans: Sequence[Span], width: int) -> int:
    forms = [text[start:end].lower() for start, end in spans]
    ends = [end for _, end in spans]
    best, best_score = 0, (-1, -1)
    for place, (start, _) in enumerate(spans):
        inside = forms[place : bisect_left(ends, start + width + 1)]
        score = (len(set(inside)), len(inside))
        if score > best_score:
            best, best_score = place, score
    covered = ends[bisect_left(ends, spans[best][0] + width + 1) - 1] - spans[best][0]
    return max(0, spans[best][0] - max(0, width - covered) // 2)


def _cut_at_spaces(text: str, start: int, end: int) -> str:
    if start > 0:
        space = text.find(" ", start, end)
        start = space + 1 if space != -1 else start
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    return ("… " if start > 0 else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _cluster_places(run: str, clusters: Sequence[str]) -> list[int]:
    """Where each cluster begins in the run, and the run's end: unseen characters between them are passed over."""
    places, place = [], 0
    for cluster in clusters:
        place = max(run.find(cluster[0], place), place)
        places.append(place)
        place += len(cluster)
    return [*places, len(run)]
