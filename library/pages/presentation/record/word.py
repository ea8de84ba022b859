"""What the page of a word says beside its details: how it sounds, in plain words, and where all peoples say the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from library.lexicon.models import Concept
from library.presentation.queries import WORDS, types_of
from library.presentation.wording import PHONETIC, Wording, foreign, in_reader_language
from library.presentation.words.dictionaries import concept_url
from library.presentation.words.sounds import Sound, sound_of
from library.records.profiles import profile
from library.records.profiles.values import stored_values

if TYPE_CHECKING:
    from library.records.models import Record

#: Fields whose place the sound takes where the source has phonetic letters alone: those are no script.
OF_THE_SOUND = frozenset({"orthography", "ipa", "other_forms"})


@dataclass(frozen=True, slots=True)
class WordPart:
    """``peoples``: names of those whose word it is; ``sound``: None where the word is written in a script of theirs."""

    peoples: str
    meaning: Wording
    sound: Sound | None
    other_forms: list[Wording]
    concept_url: str


def word_part(record: "Record") -> WordPart | None:
    """The word of a record; None for every other kind."""
    if record.record_type not in types_of(WORDS):
        return None
    values = stored_values(profile(record.record_type), record.details)
    meanings = [sense.get("vi", "") for sense in values.get("senses", [])]
    concept = Concept.objects.filter(label_vi__in=meanings).first()
    return WordPart(
        peoples=", ".join(group.name for group in record.groups.all()),
        meaning=in_reader_language(concept.label_vi, concept.label_en) if concept else Wording(""),
        sound=sound_of(values["headword"]["text"]) if in_phonetic_letters(values) else None,
        other_forms=[foreign(form["text"], form.get("lang", "")) for form in _forms(values)],
        concept_url=concept_url(concept) if concept else "",
    )


def in_phonetic_letters(values: dict[str, Any]) -> bool:
    """Whether the headword is written in phonetic letters."""
    return str(values.get("headword", {}).get("lang", "")).endswith(PHONETIC)


def _forms(values: dict[str, Any]) -> list[dict[str, str]]:
    return [other["form"] for other in values.get("other_forms", []) if other.get("form")]
