"""Understanding a query: mode, names, glue, repair, restoration. Pure but for the lexicon, which is read."""

from .curated import LONGEST_KEY, CuratedQuestions, CuratedRow, Synonym, SynonymHit, SynonymRow, question_key
from .lexicon import EmptyLexicon, LearnedLexicon, Learner, Lexicon
from .modes import Mode, mode_of
from .names import GroupNameRow, NameAuthority, NameHit, Owner
from .reading import GlueSpan, Reading, understand

__all__ = [
    "LONGEST_KEY",
    "CuratedQuestions",
    "CuratedRow",
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
    "Synonym",
    "SynonymHit",
    "SynonymRow",
    "mode_of",
    "question_key",
    "understand",
]
