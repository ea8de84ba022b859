"""A word that is a record of its own: one that somebody has enriched, or that a story tells of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from library.records.profiles import profile
from library.records.profiles.values import stored_values

from ..wording import Wording, foreign

if TYPE_CHECKING:
    from library.records.models import Record


@dataclass(frozen=True, slots=True)
class RecordedWord:
    """A word, its meaning, the people who speak it."""

    word: Wording
    meaning: str
    people: str
    url: str


def recorded_word(record: "Record") -> RecordedWord | None:
    """The word of a record whose groups were prefetched; None while it has no headword or no meaning."""
    values = stored_values(profile(record.record_type), record.details)
    headword, senses = values.get("headword", {}), values.get("senses", [])
    meaning = next((sense[key] for sense in senses for key in (get_language(), "vi", "en") if sense.get(key)), "")
    if not headword or not meaning:
        return None
    people = ", ".join(group.name for group in record.groups.all())
    return RecordedWord(foreign(headword["text"], headword.get("lang", "")), meaning, people, record.get_absolute_url())
