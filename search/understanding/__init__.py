"""Understanding a query: mode, names, glue, repair, restoration. Pure but for the lexicon, which is read."""

from .lexicon import EmptyLexicon, LearnedLexicon, Learner, Lexicon
from .modes import Mode, mode_of
from .names import GroupNameRow, NameAuthority, NameHit, Owner
from .reading import GlueSpan, Reading, understand

__all__ = [
    "EmptyLexicon",
    "GlueSpan",
    "GroupNameRow",
    "LearnedLexicon",
    "Learner",
    "Lexicon",
    "Mode",
    "NameAuthority",
    "NameHit",
    "Owner",
    "Reading",
    "mode_of",
    "understand",
]
