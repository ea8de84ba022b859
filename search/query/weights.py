"""The weights of a query as tables: which words go to which tier of which field (search design, sections 7.1 to 7.6)."""

from dataclasses import dataclass

from ..analysis import PAIR_TIERS, WORD_TIERS
from ..understanding import Mode


@dataclass(frozen=True, slots=True)
class Rule:
    """Send these words of the reading to this tier with this weight. A tier of pairs takes the pairs of these words."""

    source: str  # a key of clauses.SOURCES
    tier: str
    weight: float


_RESTORED = (Rule("restored", "exact", 0.5), Rule("restored", "exact2", 0.15))
_REPAIRED_FOLDED = (Rule("repaired", "fold", 0.8), Rule("repaired", "fold2", 0.3))
BODY_RULES: dict[Mode, tuple[Rule, ...]] = {
    Mode.FULL: (
        Rule("typed", "exact", 1.0),
        Rule("typed", "exact2", 0.3),
        Rule("typed", "notone", 0.2),
        Rule("typed", "fold", 0.2),
        Rule("typed", "fold2", 0.06),
        Rule("repaired", "exact", 0.8),
        Rule("repaired", "exact2", 0.3),
    ),
    Mode.NONE: (
        Rule("typed", "fold", 1.0),
        Rule("typed", "fold2", 0.3),
        Rule("restored", "exact", 0.6),
        Rule("restored", "exact2", 0.2),
        Rule("repaired", "fold", 0.9),
        Rule("repaired", "fold2", 0.3),
    ),
    Mode.NOTONE: (
        Rule("typed", "notone", 0.7),
        Rule("typed", "notone2", 0.21),
        Rule("typed", "fold", 0.3),
        Rule("typed", "fold2", 0.09),
        *_RESTORED,
        *_REPAIRED_FOLDED,
    ),
    Mode.PARTIAL: (Rule("marked", "exact", 0.3), Rule("typed", "fold", 1.0), Rule("typed", "fold2", 0.3), *_RESTORED, *_REPAIRED_FOLDED),
}
TITLE_RULES: dict[Mode, tuple[Rule, ...]] = {
    Mode.FULL: (Rule("typed", "exact", 2.0), Rule("typed", "fold", 0.4), Rule("repaired", "exact", 1.6)),
    Mode.NONE: (Rule("typed", "fold", 2.0), Rule("restored", "exact", 1.0), Rule("repaired", "fold", 1.6)),
    Mode.NOTONE: (Rule("typed", "fold", 2.0), Rule("repaired", "fold", 1.6)),
    Mode.PARTIAL: (Rule("typed", "fold", 2.0), Rule("repaired", "fold", 1.6)),
}
# How much titles and names count beside the body, by the number of words typed. A short query names a thing: its title decides. A long
# one is a question, whose answer stands in the body: a title with a few of its words must not drown it (measured with `make relevance`).
NAMING_SHARES: tuple[tuple[int, float], ...] = ((2, 1.0), (3, 0.7), (4, 0.5), (5, 0.35), (6, 0.25))  # at most so many words → share
QUESTION_SHARE = {Mode.FULL: 0.15, Mode.NONE: 0.12, Mode.NOTONE: 0.1, Mode.PARTIAL: 0.1}
_ALL_TIERS = frozenset({*WORD_TIERS, *PAIR_TIERS})


@dataclass(frozen=True, slots=True)
class FieldRules:
    """How one field of a document takes part in the score."""

    name: str
    rules: dict[Mode, tuple[Rule, ...]]
    share: float  # of the rules' weights; of a naming field that of a short query
    official_exact: float  # official name of a recognised other name, shared among its owners; a synonym
    official_pair: float
    tiers: frozenset[str] = _ALL_TIERS
    naming: bool = False  # holds what things are called

    def share_in(self, words: int, mode: Mode) -> float:
        """The share of the field in a query of so many words."""
        if not self.naming:
            return self.share
        return self.share * next((share for most, share in NAMING_SHARES if words <= most), QUESTION_SHARE[mode])


FIELDS = (
    FieldRules("title", TITLE_RULES, 1.0, 1.6, 0.0, naming=True),
    FieldRules("names", BODY_RULES, 1.0, 0.8, 0.4, naming=True),
    FieldRules("body", BODY_RULES, 1.0, 0.8, 0.4),
    FieldRules("fulltext", BODY_RULES, 0.3, 0.8, 0.4, frozenset({"exact", "fold", "exact2", "fold2"})),
)
PEOPLE = "people"  # asked by itself, no part of the score
ALL_FIELDS = tuple(field.name for field in FIELDS)
GLUED_FIELDS = ("title", "names")
GLUE_WEIGHT = 0.5
NO_SPACE_WEIGHT = 1.0
PIN_SCORE = 100_000.0  # of the last pinned record: words score some thousands at most
EXACT_PREFIX_BOOST = 3.0  # of a suggestion whose marks agree too
FIRST_HITS = 30  # of a question: they are read and ordered anew (ADR 0032)
SENTENCE_SHARE = 0.5  # of the words of a question that one sentence has, beside 1.0 of the score of its words
PAIRS_SHARE = 0.5  # of its pairs of neighbours that stand side by side
MEANING_SHARE = 0.55  # of what it means; the score of its words has the rest of 1.0 (ADR 0030)
QUESTION_FROM = 6  # words: of a longer query no record needs all, since nobody answers a question in all its words
