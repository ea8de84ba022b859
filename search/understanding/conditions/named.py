"""Peoples, languages and places that a request names. A name that may be a common word needs other words that make it certain."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..modes import Mode
from ..names import NameHit, Owner
from ..reading import Reading
from .condition import Condition, Demand, FacetValue, Kind, Vocabulary
from .matching import phrase_at, phrase_before
from .tables import AND, IN, LANGUAGE, LANGUAGE_AFTER, LEXEME, PEOPLE_AFTER, PLACE_AFTER, PLACE_BEFORE, THINGS, TYPES, UNIT_BEFORE

LONGEST_UNIT = 4  # words
MOST_OWNERS = 3  # a name that more peoples bore says too little
TYPE_PHRASES = tuple(phrase for words in TYPES for phrase in words.phrases)
ENGLISH_TYPES = tuple(phrase for phrase in TYPE_PHRASES if not any(word.marked for word in phrase))
GROUPS, LANGUAGES = "groups", "language"


def peoples(reading: Reading, vocabulary: Vocabulary) -> list[Condition]:
    """The peoples whose names are certain by themselves or by an introducer."""
    return [
        _people(reading, hit.start, hit.end, owners)
        for hit in reading.names
        if (owners := _owners(reading, hit, vocabulary)) and not _doubtful(reading, hit)
    ]


def likely_people(reading: Reading, start: int, conditions: Sequence[Condition], vocabulary: Vocabulary) -> Condition | None:
    """The people of a name of one word that follows a thing that a people has and ends what is asked, or leads an English type word."""
    words = reading.words[start : start + 1]
    hits = vocabulary.peoples.hits(words, reading.mode)
    english = bool(phrase_at(reading, start + 1, (*ENGLISH_TYPES, *PEOPLE_AFTER, *LANGUAGE_AFTER)))
    if not hits or not hits[0].display or not (english or _after_a_thing(reading, start, conditions)):
        return None
    hit = replace(hits[0], start=start, end=start + 1)
    ends = start + 1 == len(reading.words) or any(condition.start == start + 1 for condition in conditions)
    follows = phrase_at(reading, start + 1, (*PLACE_BEFORE, *AND))
    owners = _owners(reading, hit, vocabulary)
    return _people(reading, start, start + 1, owners) if owners and (english or ends or follows) else None


def language_at(reading: Reading, people: Condition) -> Condition:
    """The people as a language, where "tiếng" stands before it or "language" behind; else the people itself."""
    before = phrase_before(reading, people.core[0], LANGUAGE)
    after = phrase_at(reading, people.core[1], LANGUAGE_AFTER)
    if not before and not after:
        return people
    start, end = people.core[0] - len(before or ()), people.core[1] + len(after or ())
    words = f"tiếng {people.words}" if before else f"{people.words} language"
    return Condition(start, end, (start, end), Kind.LANGUAGE, words, (*people.demands, Demand((LEXEME,))))


def languages(reading: Reading, vocabulary: Vocabulary) -> Iterable[Condition]:
    """Languages whose name is no people's: "tiếng A-rem"."""
    for start in range(len(reading.words)):
        if before := phrase_at(reading, start, LANGUAGE):
            first = start + len(before)
            for end in range(len(reading.words), first, -1):
                if owners := vocabulary.languages.owners_named(reading.words[first:end], reading.mode):
                    values = tuple(FacetValue(LANGUAGES, owner.group) for owner in owners)
                    words = f"tiếng {owners[0].official}"
                    yield Condition(start, end, (start, end), Kind.LANGUAGE, words, (Demand(values), Demand((LEXEME,))))
                    break


def places(reading: Reading, vocabulary: Vocabulary) -> Iterable[Condition]:
    """Provinces of today and of before. A name of one word needs "ở", "tỉnh" … before it."""
    for hit in vocabulary.places.hits(reading.words, reading.mode):
        yield _place(reading, hit)
    for start in range(1, len(reading.words)):
        if phrase_before(reading, start, PLACE_BEFORE):
            for hit in vocabulary.places.hits(reading.words[start : start + 1], reading.mode):
                yield _place(reading, replace(hit, start=start, end=start + 1))


def lower_units(reading: Reading, vocabulary: Vocabulary, taken: Sequence[Condition]) -> Iterable[Condition]:
    """Communes and former districts after "ở", "xã", "huyện" …: the longest name. A record may also say the name in its text."""
    for start in range(1, len(reading.words)):
        if not phrase_before(reading, start, (*UNIT_BEFORE, *PLACE_BEFORE)):
            continue
        longest = next((each.start for each in sorted(taken, key=lambda each: each.start) if each.start >= start), len(reading.words))
        for end in range(min(longest, start + LONGEST_UNIT), start, -1):
            words = reading.words[start:end]
            if owners := vocabulary.lower_units(words, reading.mode):
                values = tuple(FacetValue(*owner.group.split("=")) for owner in owners)
                demands = (Demand(values, anywhere=words),)
                yield Condition(start, end, (start, end), Kind.PLACE, owners[0].official, demands)
                break


def _people(reading: Reading, start: int, end: int, owners: Sequence[Owner]) -> Condition:
    values = tuple(FacetValue(GROUPS, owner.group) for owner in owners)
    return Condition(start, end, (start, end), Kind.PEOPLE, ", ".join(owner.official for owner in owners), (Demand(values),))


def _place(reading: Reading, hit: NameHit) -> Condition:
    pairs = [owner.group.partition("=") for owner in hit.owners]
    values = tuple(FacetValue(facet, value) for facet, _sign, value in pairs)
    after = phrase_at(reading, hit.end, PLACE_AFTER)
    return Condition(hit.start, hit.end + len(after or ()), (hit.start, hit.end), Kind.PLACE, hit.owners[0].official, (Demand(values),))


def _owners(reading: Reading, hit: NameHit, vocabulary: Vocabulary) -> tuple[Owner, ...]:
    """The peoples that a name stands for: those whose official name it is, if any. None for the name of a part of a people."""
    folds = tuple(word.fold for word in reading.words[hit.start : hit.end])
    official = tuple(owner for owner in hit.owners if tuple(vocabulary.folds(owner.official)) == folds)
    if official:
        return official
    return () if folds in vocabulary.parts or len(hit.owners) > MOST_OWNERS else hit.owners


def _doubtful(reading: Reading, hit: NameHit) -> bool:
    """A bare word without marks that is the whole request is another word, if that is its likeliest spelling."""
    if hit.end - hit.start > 1 or len(reading.words) > 1 or reading.mode is not Mode.NONE or not reading.learned:
        return False
    officials = {owner.official.casefold() for owner in hit.owners}
    return hit.display and reading.read[0].written not in officials and reading.words[0].written not in officials


def _after_a_thing(reading: Reading, start: int, conditions: Sequence[Condition]) -> bool:
    if phrase_before(reading, start, (*TYPE_PHRASES, *THINGS, *IN)) or any(condition.end == start for condition in conditions):
        return True
    joined = len(phrase_before(reading, start, AND) or ())
    return any(condition.kind is Kind.PEOPLE and condition.core[1] == start - joined for condition in conditions)
