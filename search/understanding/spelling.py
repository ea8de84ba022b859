"""Restoration of marks and repair of unknown words: which spellings are open for each word, and which the path search takes."""

from collections.abc import Collection, Sequence

from search.analysis import WORD_TIERS, Keys, keys_of

from .keystrokes import spelled
from .lexicon import KNOWN_FROM, SHORTEST_REPAIR, Lexicon, Spelling
from .modes import Mode
from .paths import Choice, likeliest

REPAIR_PRIOR = -3.0  # the logarithm of what taking another word than the typed one costs
KEYSTROKES_PRIOR = -1.0  # the same for a word whose keys spell another one: few words do so by chance


def best_spelling(words: Sequence[Keys], mode: Mode, lexicon: Lexicon, protected: Collection[int]) -> list[Keys]:
    """The likeliest reading of every word; where nothing is known or open, the word as typed.

    ``protected`` are places that repair must leave alone: parts of a recognised name.
    """
    if not lexicon.total:
        return list(words)
    lattice = [_choices(word, mode, lexicon, place in protected) for place, word in enumerate(words)]
    if all(len(choices) == 1 for choices in lattice):
        return [choices[0].keys for choices in lattice]
    return [choice.keys for choice in likeliest(lattice, lexicon)]


def is_repair(typed: Keys, read: Keys, mode: Mode) -> bool:
    """Whether the reading is another word, not the same one with its marks."""
    return typed.exact != read.exact if mode is Mode.FULL else typed.fold != read.fold


def _choices(word: Keys, mode: Mode, lexicon: Lexicon, protected: bool) -> list[Choice]:
    choices = _as_typed(word, mode, lexicon)
    if not protected and _unknown(word, mode, lexicon):
        choices += _repairs(word, mode, lexicon)
    return choices


def _as_typed(word: Keys, mode: Mode, lexicon: Lexicon) -> list[Choice]:
    own = [Choice(word, lexicon.occurrences(word.exact, "exact"))]
    if mode is Mode.FULL or word.number or word.clusters or (mode is Mode.PARTIAL and word.marked):
        return own
    same_letters = mode is Mode.NOTONE and word.marked
    return [
        Choice(spelling.keys, spelling.count)
        for spelling in lexicon.spellings(word.fold)
        if not same_letters or spelling.keys.notone == word.notone
    ] or own


def _unknown(word: Keys, mode: Mode, lexicon: Lexicon) -> bool:
    tier = _tier(mode)
    spellable = not word.number and not word.clusters and len(word.written) >= SHORTEST_REPAIR
    return spellable and lexicon.occurrences(WORD_TIERS[tier](word), tier) < KNOWN_FROM


def _repairs(word: Keys, mode: Mode, lexicon: Lexicon) -> list[Choice]:
    """Known words one edit away, and the one that the keys spell. In a query with full marks a word typed without any may lack them
    beside its slip."""
    found = _near(word, _tier(mode), lexicon)
    if not found and not word.marked:
        found = _near(word, "fold", lexicon)
    return [*_keyed_in(word, lexicon), *(Choice(spelling.keys, spelling.count, REPAIR_PRIOR) for spelling in found)]


def _keyed_in(word: Keys, lexicon: Lexicon) -> list[Choice]:
    """The known word that the keys of this one spell, if there is one."""
    meant = keys_of(spelled(word.written))
    known = lexicon.spelling(meant[0].exact) if len(meant) == 1 and meant[0].exact != word.exact else None
    return [Choice(known.keys, known.count, KEYSTROKES_PRIOR)] if known and known.count >= KNOWN_FROM else []


def _near(word: Keys, tier: str, lexicon: Lexicon) -> list[Spelling]:
    forms = lexicon.neighbours(WORD_TIERS[tier](word), tier)
    if tier == "fold":
        return [spelling for form in forms for spelling in lexicon.spellings(form)]
    return [spelling for form in forms if (spelling := lexicon.spelling(form))]


def _tier(mode: Mode) -> str:
    return "exact" if mode is Mode.FULL else "fold"
