"""One word a day, in the language of its people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from library.records.profiles import profile
from library.records.profiles.values import stored_values

from .wording import Wording, foreign

if TYPE_CHECKING:
    from library.records.models import Record

KIND = "lexeme"


@dataclass(frozen=True, slots=True)
class WordOfDay:
    """A word, its meaning, the people who speak it."""

    word: Wording
    meaning: str
    people: str
    url: str


def word_of_day(record: "Record") -> WordOfDay | None:
    """The word of a record whose groups were prefetched; None while it has no headword or no meaning."""
    values = stored_values(profile(record.record_type), record.details)
    headword, senses = values.get("headword", {}), values.get("senses", [])
    meaning = next((sense[key] for sense in senses for key in (get_language(), "vi", "en") if sense.get(key)), "")
    if not headword or not meaning:
        return None
    people = ", ".join(group.name for group in record.groups.all())
    return WordOfDay(foreign(headword["text"], headword.get("lang", "")), meaning, people, record.get_absolute_url())
