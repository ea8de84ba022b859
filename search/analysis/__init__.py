"""Vietnamese and minority-script analysis as data with reasons: the keys of a word, the tokens of a tier, for every engine."""

from .folding import Keys, composed, mended
from .tiers import (
    LONGEST_GLUE,
    LONGEST_PREFIX,
    PAIR_TIERS,
    WORD_TIERS,
    Analysed,
    analysed,
    cluster_tokens,
    glue_key,
    pair,
    parted,
    pieces_of,
    tier_texts,
)
from .words import RECURRING_REMEMBERED, Word, WordFilter, half_typed, keys_of, keys_of_recurring, words

__all__ = [
    "LONGEST_GLUE",
    "LONGEST_PREFIX",
    "PAIR_TIERS",
    "RECURRING_REMEMBERED",
    "WORD_TIERS",
    "Analysed",
    "Keys",
    "Word",
    "WordFilter",
    "analysed",
    "cluster_tokens",
    "composed",
    "glue_key",
    "half_typed",
    "keys_of",
    "keys_of_recurring",
    "mended",
    "pair",
    "parted",
    "pieces_of",
    "tier_texts",
    "words",
]
