"""The tiers of the index: which tokens a text gives in each. The tiers and their uses are section 4 of the design.

Loading a large collection spends its time here, so the loops run in C wherever they can (map, zip, join).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from operator import add, attrgetter

from .folding import Keys
from .words import REMEMBERED, keys_of

PAIR_SIGN = "_"
LONGEST_PREFIX = 12
LONGEST_GLUE = 4

WORD_TIERS: dict[str, Callable[[Keys], str]] = {tier: attrgetter(tier) for tier in ("exact", "notone", "fold")}
_CLUSTERS, _FOLD, _TYPED_FOLD, _TYPED_LETTERS, _TONES = map(attrgetter, ("clusters", "fold", "typed_fold", "typed_letters", "tones"))
PAIR_TIERS = {f"{tier}2": tier for tier in WORD_TIERS}


@dataclass(frozen=True, slots=True)
class Analysed:
    """Texts of a field, taken apart. Pairs never cross from one piece to the next."""

    pieces: tuple[Sequence[Keys], ...]  # words side by side, of scripts with spaces
    runs: tuple[Sequence[str], ...]  # clusters of each run of a script without spaces


def analysed(texts: Iterable[str]) -> Analysed:
    """The words of each text."""
    return parted(map(keys_of, texts))


def parted(texts: Iterable[Sequence[Keys]]) -> Analysed:
    """The same of texts whose words are known."""
    pieces: list[Sequence[Keys]] = []
    runs: list[Sequence[str]] = []
    for words in texts:
        if clusters := list(filter(None, map(_CLUSTERS, words))):
            runs += clusters
            pieces += pieces_of(words)
        else:
            pieces.append(words)
    return Analysed(tuple(pieces), tuple(runs))


def pieces_of(words: Sequence[Keys]) -> list[Sequence[Keys]]:
    """The words that stand side by side; those of scripts without spaces part them and are left out."""
    if not any(map(_CLUSTERS, words)):
        return [words]
    places = [place for place, word in enumerate(words) if word.clusters]
    return [words[start + 1 : end] for start, end in pairwise((-1, *places, len(words)))]


def tier_texts(tiers: Sequence[str], texts: Analysed) -> dict[str, str]:
    """Every token of each tier, in order, parted by spaces: what an engine splits at spaces again. Words give both of their tiers."""
    text_of = {tier: " ".join(_SPECIAL[tier](texts)) for tier in tiers if tier in _SPECIAL}
    word_tiers = _word_tiers(tuple(tiers))
    by_piece = [_words_and_pairs(word_tiers, piece) for piece in texts.pieces]
    for place, tier in enumerate(word_tiers):
        text_of[tier] = " ".join([made[place][0] for made in by_piece if made[place][0]])
        text_of[f"{tier}2"] = " ".join([made[place][1] for made in by_piece if made[place][1]])
    return text_of


@cache
def _word_tiers(tiers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(PAIR_TIERS.get(tier, tier) for tier in tiers if tier not in _SPECIAL))


def _words_and_pairs(tiers: Iterable[str], piece: Sequence[Keys]) -> list[tuple[str, str]]:
    """The words of a piece, and its pairs, in each tier. Without tones, or marks, the next tier holds the same and is not made again."""
    made: list[tuple[str, str]] = []
    before: list[str] | None = None
    for tier in tiers:
        forms = list(map(WORD_TIERS[tier], piece))
        made.append(made[-1] if forms == before else (" ".join(forms), _pairs(forms)))
        before = forms
    return made


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


def _prefixes(texts: Analysed) -> Iterable[str]:
    return map(_beginnings, map(_TYPED_FOLD, chain.from_iterable(texts.pieces)))


def _exact_prefixes(texts: Analysed) -> Iterable[str]:
    """Beginnings with the word's tone and without: the tone may be typed before the word is whole, or not yet."""
    words = list(chain.from_iterable(texts.pieces))
    return map(_beginnings, map(_TYPED_LETTERS, words), map(_TONES, words))


@lru_cache(maxsize=REMEMBERED)
def _beginnings(word: str, tones: str = "") -> str:
    beginnings = [word[:length] for length in range(1, min(len(word), LONGEST_PREFIX) + 1)]
    return " ".join([*beginnings, *(begun + tones for begun in beginnings if tones)])


def _glue(texts: Analysed) -> Iterable[str]:
    """Spans of words written as one, the short ones first: the fields that keep them keep no places."""
    tokens: list[str] = []
    for piece in texts.pieces:
        for run in _runs_of_letters(list(map(_FOLD, piece))):
            glued = run
            tokens += glued
            for length in range(1, LONGEST_GLUE):
                glued = list(map(add, glued, run[length:]))
                tokens += glued
    return tokens


def _runs_of_letters(folds: list[str]) -> list[list[str]]:
    """Words side by side, parted where one has a digit or no letters."""
    if all(map(str.isalpha, folds)):
        return [folds]
    signs = [place for place, fold in enumerate(folds) if not _letters_only(fold)]
    return [folds[start + 1 : end] for start, end in pairwise((-1, *signs, len(folds)))]


def _clusters(texts: Analysed) -> Iterator[str]:
    for clusters in texts.runs:
        yield from clusters
        yield from (pair(first, second) for first, second in pairwise(clusters))


def _letters_only(fold: str) -> bool:
    return fold.isalpha() or (bool(fold) and not any(map(str.isdecimal, fold)))


_SPECIAL: dict[str, Callable[[Analysed], Iterable[str]]] = {
    "prefix": _prefixes,
    "prefix_exact": _exact_prefixes,
    "glue": _glue,
    "nospace": _clusters,
}
