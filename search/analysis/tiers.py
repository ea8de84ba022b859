"""The tiers of the index: which tokens a text gives in each. The tiers and their uses are section 4 of the design.

Loading a large collection spends its time here, so the loops run in C wherever they can (map, zip, join).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter

from .folding import Keys
from .words import REMEMBERED, keys_of

PAIR_SIGN = "_"
LONGEST_PREFIX = 12
LONGEST_GLUE = 4

WORD_TIERS: dict[str, Callable[[Keys], str]] = {tier: attrgetter(tier) for tier in ("exact", "notone", "fold")}
_CLUSTERS = attrgetter("clusters")
PAIR_TIERS = {f"{tier}2": tier for tier in WORD_TIERS}


@dataclass(frozen=True, slots=True)
class Analysed:
    """Texts of a field, taken apart. Pairs never cross from one piece to the next."""

    pieces: tuple[Sequence[Keys], ...]  # words side by side, of scripts with spaces
    runs: tuple[Sequence[str], ...]  # clusters of each run of a script without spaces


def analysed(texts: Iterable[str]) -> Analysed:
    """The words of each text."""
    pieces: list[Sequence[Keys]] = []
    runs: list[Sequence[str]] = []
    for text in texts:
        words = keys_of(text)
        runs += filter(None, map(_CLUSTERS, words))
        pieces += pieces_of(words)
    return Analysed(tuple(pieces), tuple(runs))


def pieces_of(words: Sequence[Keys]) -> list[Sequence[Keys]]:
    """The words that stand side by side; those of scripts without spaces part them and are left out."""
    if not any(map(_CLUSTERS, words)):
        return [words]
    places = [place for place, word in enumerate(words) if word.clusters]
    return [words[start + 1 : end] for start, end in pairwise((-1, *places, len(words)))]


def tier_texts(tiers: Iterable[str], texts: Analysed) -> dict[str, str]:
    """Every token of each tier, in order, parted by spaces: what an engine splits at spaces again. Words give both of their tiers."""
    requested, text_of = set(tiers), {}
    for tier, key in WORD_TIERS.items():
        if not requested.isdisjoint((tier, f"{tier}2")):
            pieces = [list(map(key, piece)) for piece in texts.pieces]
            text_of[tier], text_of[f"{tier}2"] = " ".join(chain.from_iterable(pieces)), " ".join(filter(None, map(_pairs, pieces)))
    text_of |= {tier: " ".join(tokens(texts)) for tier, tokens in _SPECIAL.items() if tier in requested}
    return {tier: text_of[tier] for tier in requested}


def pair(first: str, second: str) -> str:
    """The token of two neighbours."""
    return f"{first}{PAIR_SIGN}{second}"


def glue_key(span: Iterable[Keys]) -> str:
    """The folded words of a span without the spaces, or nothing where a word holds a digit or has no letters."""
    folds = [keys.fold for keys in span]
    return "".join(folds) if all(map(_letters_only, folds)) else ""


def cluster_tokens(clusters: Sequence[str]) -> list[str]:
    """What a query sends for one run of a script without spaces: its pairs, or its only cluster."""
    return [pair(first, second) for first, second in pairwise(clusters)] or list(clusters)


def _pairs(forms: Sequence[str]) -> str:
    """``a b c`` → ``a_b b_c``: every inner word is written twice, and all are joined by the sign of a pair."""
    return PAIR_SIGN.join((forms[0], *map(_twice.__getitem__, forms[1:-1]), forms[-1])) if len(forms) > 1 else ""


class _Twice(dict[str, str]):
    """Each word met before, written twice."""

    def __missing__(self, word: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        twice = self[word] = f"{word} {word}"
        return twice


_twice = _Twice()


def _prefixes(texts: Analysed) -> Iterator[str]:
    return (_beginnings(word.typed_fold) for word in chain.from_iterable(texts.pieces))


def _exact_prefixes(texts: Analysed) -> Iterator[str]:
    """Beginnings with the word's tone and without: the tone may be typed before the word is whole, or not yet."""
    return (_beginnings(word.typed_letters, word.tones) for word in chain.from_iterable(texts.pieces))


@lru_cache(maxsize=REMEMBERED)
def _beginnings(word: str, tones: str = "") -> str:
    beginnings = [word[:length] for length in range(1, min(len(word), LONGEST_PREFIX) + 1)]
    return " ".join([*beginnings, *(begun + tones for begun in beginnings if tones)])


def _glue(texts: Analysed) -> Iterator[str]:
    for piece in texts.pieces:
        folds = [word.fold if _letters_only(word.fold) else "" for word in piece]
        for start in range(len(folds)):
            glued = ""
            for fold in folds[start : start + LONGEST_GLUE]:
                if not fold:
                    break
                glued += fold
                yield glued


def _clusters(texts: Analysed) -> Iterator[str]:
    for clusters in texts.runs:
        yield from clusters
        yield from (pair(first, second) for first, second in pairwise(clusters))


def _letters_only(fold: str) -> bool:
    return fold.isalpha() or (bool(fold) and not any(map(str.isdecimal, fold)))


_SPECIAL: dict[str, Callable[[Analysed], Iterator[str]]] = {
    "prefix": _prefixes,
    "prefix_exact": _exact_prefixes,
    "glue": _glue,
    "nospace": _clusters,
}
