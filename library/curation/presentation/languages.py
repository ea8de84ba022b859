"""Texts that stand in Vietnamese and in English: which of the two a reader gets, and which of them a page has at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from library.presentation.wording import Wording, foreign

from ..blocks.stories import all_parts

VIETNAMESE, ENGLISH = "vi", "en"


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs of rich text; ``language`` is empty where it is the page's."""

    html: SafeString
    language: str


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages in which the texts of a page stand."""

    codes: frozenset[str]

    @property
    def missing(self) -> str:
        """The reader's language where the page has no text in it, else empty."""
        own = ENGLISH if get_language() == ENGLISH else VIETNAMESE
        return own if self.codes and own not in self.codes else ""


def in_a_language(vietnamese: str, english: str) -> Wording:
    """The text in the reader's language, else in the other one with its tag."""
    own_first = [(english, ENGLISH), (vietnamese, VIETNAMESE)]
    if get_language() != ENGLISH:
        own_first.reverse()
    text, language = next((pair for pair in own_first if pair[0].strip()), ("", ""))
    return foreign(text, language) if text else Wording("")


def words(value: Mapping[str, Any], name: str) -> Wording:
    """The line ``name`` of a block."""
    return in_a_language(value.get(f"{name}_vi") or "", value.get(f"{name}_en") or "")


def passage(value: Mapping[str, Any], name: str) -> Passage | None:
    """The paragraphs ``name`` of a block; None where there are none."""
    source = in_a_language(_source(value, f"{name}_vi"), _source(value, f"{name}_en"))
    return Passage(mark_safe(expand_db_html(source.plain)), source.language) if source.plain else None  # noqa: S308


def languages_of(stream: Any) -> Languages:
    """The languages in which the blocks of a stream have words."""
    names = {name.rpartition("_")[2] for name, text in all_parts(stream.get_prep_value()) if text.strip()}
    return Languages(frozenset(names & {VIETNAMESE, ENGLISH}))


def _source(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name)
    return text.source if text else ""
