"""The tiers of the index: which tokens a text gives in each. The tiers and their uses are section 4 of the design."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from .words import Keys, keys_of

PAIR_SIGN = "_"
LONGEST_PREFIX = 12
LONGEST_GLUE = 4

WORD_TIERS: dict[str, Callable[[Keys], str]] = {
    "exact": lambda keys: keys.exact,
    "notone": lambda keys: keys.notone,
    "fold": lambda keys: keys.fold,
}
PAIR_TIERS = {f"{tier}2": tier for tier in WORD_TIERS}


def pair(first: str, second: str) -> str:
    """The token of two neighbours."""
    return f"{first}{PAIR_SIGN}{second}"


def tier_tokens(tier: str, texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    """Every token of the tier, in order. Pairs never cross from one text of a record to the next."""
    if tier in WORD_TIERS:
        key = WORD_TIERS[tier]
        return (key(word) for text in texts for word in text if not word.clusters)
    if tier in PAIR_TIERS:
        return _pairs(WORD_TIERS[PAIR_TIERS[tier]], texts)
    return _SPECIAL[tier](texts)


def glue_key(span: Iterable[Keys]) -> str:
    """The folded words of a span without the spaces, or nothing where a word holds a digit or has no letters."""
    folds = [keys.fold for keys in span]
    return "".join(folds) if all(_letters_only(fold) for fold in folds) else ""


def cluster_tokens(clusters: Sequence[str]) -> list[str]:
    """What a query sends for one run of a script without spaces: its pairs, or its only cluster."""
    return [pair(first, second) for first, second in pairwise(clusters)] or list(clusters)


def analysed(texts: Iterable[str]) -> list[list[Keys]]:
    """The words of each text."""
    return [keys_of(text) for text in texts]


def _pairs(key: Callable[[Keys], str], texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    for text in texts:
        for first, second in pairwise(text):
            if not first.clusters and not second.clusters:
                yield pair(key(first), key(second))


def _prefixes(texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    for text in texts:
        for word in text:
            whole = word.typed_fold
            yield from (whole[:length] for length in range(1, min(len(whole), LONGEST_PREFIX) + 1))


def _exact_prefixes(texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    """Beginnings with the word's tone and without: the tone may be typed before the word is whole, or not yet."""
    for text in texts:
        for word in text:
            whole = word.typed_letters
            for length in range(1, min(len(whole), LONGEST_PREFIX) + 1):
                yield whole[:length]
                if word.toned:
                    yield whole[:length] + word.tones


def _glue(texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    for text in texts:
        for start in range(len(text)):
            spans = (text[start : start + length] for length in range(1, min(LONGEST_GLUE, len(text) - start) + 1))
            yield from filter(None, map(glue_key, spans))


def _clusters(texts: Sequence[Sequence[Keys]]) -> Iterator[str]:
    for text in texts:
        for word in text:
            yield from word.clusters
            yield from (pair(first, second) for first, second in pairwise(word.clusters))


def _letters_only(fold: str) -> bool:
    return bool(fold) and not any(character.isdecimal() for character in fold)


_SPECIAL: dict[str, Callable[[Sequence[Sequence[Keys]]], Iterator[str]]] = {
    "prefix": _prefixes,
    "prefix_exact": _exact_prefixes,
    "glue": _glue,
    "nospace": _clusters,
}
