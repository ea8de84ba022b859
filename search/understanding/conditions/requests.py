"""Finds the conditions of a short request. A long one is a question: all its words are needed to find the text that answers it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ..names import written_so
from ..reading import Reading
from .condition import Condition, Demand, Kind, Vocabulary
from .matching import phrase_at, phrase_before, text_of
from .named import language_at, languages, likely_people, lower_units, peoples, places
from .tables import (
    AND,
    LITTLE,
    LITTLE_AFTER,
    MEDIA,
    PEOPLE_AFTER,
    PEOPLE_BEFORE,
    PLACE_BEFORE,
    QUESTIONS,
    TIME_BEFORE,
    TYPES,
    UNIT_BEFORE,
    Phrase,
    WordsFor,
)
from .times import time_at

SHORT, LONGEST = 8, 12  # words; between the two at most FEW_LEFT words may be no part of a condition
FEW_LEFT = 2
BEFORE: dict[Kind, tuple[Phrase, ...]] = {
    Kind.PEOPLE: PEOPLE_BEFORE,
    Kind.LANGUAGE: PEOPLE_BEFORE,
    Kind.PLACE: (*UNIT_BEFORE, *PLACE_BEFORE),
    Kind.MONTH: TIME_BEFORE,
    Kind.SEASON: TIME_BEFORE,
    Kind.YEAR: TIME_BEFORE,
}
AFTER: dict[Kind, tuple[Phrase, ...]] = {Kind.PEOPLE: PEOPLE_AFTER, Kind.TYPE: LITTLE_AFTER, Kind.MEDIA: LITTLE_AFTER}
Finder = Callable[[Reading, Sequence[Condition], Vocabulary], Iterable[Condition]]


def understand_conditions(reading: Reading, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The conditions of a request in the order of its words; none where it is a question, or quotes what it looks for."""
    if len(reading.words) > LONGEST or reading.phrases or _is_question(reading):
        return ()
    found: list[Condition] = []
    for finder in FINDERS:
        for condition in finder(reading, found, vocabulary):
            if not _overlaps(condition, found):
                found.append(condition)
    conditions = _widened(reading, sorted(found, key=lambda condition: condition.start))
    left = sum(not any(condition.covers(place) for condition in conditions) for place in range(len(reading.words)))
    if len(reading.words) > SHORT and left > FEW_LEFT:
        return ()
    only_years = all(condition.kind is Kind.YEAR for condition in conditions)
    return () if only_years and not left else tuple(conditions)


def _is_question(reading: Reading) -> bool:
    return "?" in reading.typed or bool(phrase_before(reading, len(reading.words), QUESTIONS))


def _overlaps(condition: Condition, others: Iterable[Condition]) -> bool:
    return any(condition.start < other.end and other.start < condition.end for other in others)


def _times(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    times = (time_at(reading, start, vocabulary.today) for start in range(len(reading.words)))
    return [condition for condition in times if condition]


def _media(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    for start in range(len(reading.words)):
        for words, phrase in _longest(reading, start, MEDIA):
            if len(phrase) > 1 or _leads(reading, start, found) or _closes(reading, start + 1, phrase, found):
                yield _condition(start, phrase, Kind.MEDIA, Demand(words.values))


def _languages(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    named = (language_at(reading, people) for people in peoples(reading, vocabulary))
    return [*named, *languages(reading, vocabulary)]


def _places(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    provinces = list(places(reading, vocabulary))
    return [*provinces, *lower_units(reading, vocabulary, [*found, *provinces])]


def _types(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    """Types lead what they tell of in Vietnamese and close it in English; elsewhere a type word is part of a name."""
    for start in range(len(reading.words)):
        for words, phrase in _longest(reading, start, TYPES) or _before_a_people(reading, start, vocabulary):
            if _leads(reading, start, found) or _closes(reading, start + len(phrase), phrase, found):
                title = reading.words[start : start + len(phrase)]
                yield _condition(start, phrase, Kind.TYPE, Demand(words.values, title))


def _likely_peoples(reading: Reading, found: Sequence[Condition], vocabulary: Vocabulary) -> Iterable[Condition]:
    known = list(found)
    for start in range(len(reading.words)):
        people = likely_people(reading, start, known, vocabulary)
        if people and not _overlaps(people, known):
            known.append(language_at(reading, people))
            yield known[-1]


FINDERS: tuple[Finder, ...] = (_times, _languages, _places, _media, _types, _likely_peoples)


def _longest(reading: Reading, start: int, table: Iterable[WordsFor]) -> list[tuple[WordsFor, Phrase]]:
    """The longest phrase of a table that begins at a word, as a list of one or none."""
    pairs: list[tuple[WordsFor, Phrase]] = [(words, phrase) for words in table if (phrase := phrase_at(reading, start, words.phrases))]
    return sorted(pairs, key=lambda pair: len(pair[1]))[-1:]


def _before_a_people(reading: Reading, start: int, vocabulary: Vocabulary) -> list[tuple[WordsFor, Phrase]]:
    """An unsure type word is sure where the name of a people follows and ends the request: "ao cham"."""
    name = reading.words[start + 1 :]
    if len(name) != 1 or not any(hit.display for hit in vocabulary.peoples.hits(name, reading.mode)):
        return []
    words = reading.words[start : start + 1]
    phrases = ((kind, phrase) for kind in TYPES for phrase in kind.phrases)
    one_word: Iterator[tuple[WordsFor, Phrase]] = (pair for pair in phrases if tuple(word.fold for word in pair[1]) == (words[0].fold,))
    return [(kind, phrase) for kind, phrase in one_word if written_so(words, phrase, reading.mode)][:1]


def _leads(reading: Reading, start: int, found: Sequence[Condition]) -> bool:
    return start == 0 or _taken(start - 1, found) or bool(phrase_before(reading, start, (*LITTLE, *AND)))


def _closes(reading: Reading, end: int, phrase: Phrase, found: Sequence[Condition]) -> bool:
    """Whether an English word ends what is asked."""
    english = not any(word.marked for word in phrase)
    return english and (end == len(reading.words) or _taken(end, found) or bool(phrase_at(reading, end, (*PLACE_BEFORE, *LITTLE_AFTER))))


def _taken(place: int, found: Iterable[Condition]) -> bool:
    return any(condition.covers(place) for condition in found)


def _condition(start: int, phrase: Phrase, kind: Kind, demand: Demand) -> Condition:
    end = start + len(phrase)
    return Condition(start, end, (start, end), kind, text_of(phrase), (demand,))


def _widened(reading: Reading, conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions with the little words that lead to them; between two conditions "và" belongs to the second."""
    wide: list[Condition] = []
    for number, condition in enumerate(conditions):
        floor = wide[-1].end if wide else 0
        ceiling = conditions[number + 1].start if number + 1 < len(conditions) else len(reading.words)
        start, end = condition.start, condition.end
        little = (*BEFORE.get(condition.kind, ()), *LITTLE, *(AND if wide else ()))
        while before := phrase_before(reading, start, little, floor):
            start -= len(before)
        while (after := phrase_at(reading, end, AFTER.get(condition.kind, ()))) and end + len(after) <= ceiling:
            end += len(after)
        wide.append(replace(condition, start=start, end=end))
    return wide
