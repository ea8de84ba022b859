"""The likeliest spelling of a whole query: one search (Viterbi) for restored marks and for repaired words alike."""

import itertools
from dataclasses import dataclass
from math import log

from search.analysis import Keys

from .lexicon import Lexicon

SEEN_SHARE = 0.95  # of a seen pair's probability; the rest is the word's own
UNSEEN_AFTER_KNOWN = 0.05
UNSEEN_AFTER_UNKNOWN = 0.4
SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a typed word; ``prior`` is the logarithm of what choosing it costs."""

    keys: Keys
    count: int
    prior: float = 0.0


def likeliest(lattice: list[list[Choice]], lexicon: Lexicon) -> list[Choice]:
    """One choice for each word, so that the product of all probabilities is the greatest."""
    if not lattice:
        return []
    scores = [choice.prior + log(_alone(choice, lexicon)) for choice in lattice[0]]
    back: list[list[int]] = []
    for before, here in itertools.pairwise(lattice):
        scores, steps = _advance(before, here, scores, lexicon)
        back.append(steps)
    place = max(range(len(scores)), key=scores.__getitem__)
    path = [lattice[-1][place]]
    for choices, steps in zip(reversed(lattice[:-1]), reversed(back), strict=True):
        place = steps[place]
        path.append(choices[place])
    return path[::-1]


def _advance(before: list[Choice], here: list[Choice], scores: list[float], lexicon: Lexicon) -> tuple[list[float], list[int]]:
    pairs: dict[tuple[str, str], int] = {}
    for fold1 in {choice.keys.fold for choice in before}:
        for fold2 in {choice.keys.fold for choice in here}:
            pairs.update(lexicon.pairs(fold1, fold2))
    totals, steps = [], []
    for choice in here:
        alone = _alone(choice, lexicon)
        reached = [
            score + log(_after(previous, pairs.get((previous.keys.exact, choice.keys.exact), 0), alone))
            for previous, score in zip(before, scores, strict=True)
        ]
        best = max(range(len(reached)), key=reached.__getitem__)
        totals.append(reached[best] + choice.prior)
        steps.append(best)
    return totals, steps


def _alone(choice: Choice, lexicon: Lexicon) -> float:
    return (choice.count + SMOOTHING) / (lexicon.total + 1)


def _after(previous: Choice, together: int, alone: float) -> float:
    if together and previous.count:
        return SEEN_SHARE * together / previous.count + (1 - SEEN_SHARE) * alone
    return alone * (UNSEEN_AFTER_KNOWN if previous.count else UNSEEN_AFTER_UNKNOWN)
