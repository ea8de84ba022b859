"""Text with its language, so that every text in another language is tagged on the page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

RIGHT_TO_LEFT = {"arab", "hebr", "thaa", "syrc"}
PHONETIC = "fonipa"


class Wording(str):
    """A string that prints itself with ``lang`` (and ``dir``) where its language is not the page's.

    ``plain`` is the bare text, for attributes and titles.
    """

    language: str

    def __new__(cls, text: str, language: str = "") -> "Wording":
        wording = super().__new__(cls, text)
        wording.language = language
        return wording

    @property
    def plain(self) -> str:
        """The text without its tag."""
        return str.__str__(self)

    @property
    def direction(self) -> str:
        """``rtl`` for scripts that run from the right, else empty."""
        return "rtl" if RIGHT_TO_LEFT.intersection(self.language.lower().split("-")) else ""

    def __html__(self) -> SafeString:
        if not self.language:
            return format_html("{}", self.plain)
        if self.direction:
            return format_html('<span lang="{}" dir="{}">{}</span>', self.language, self.direction, self.plain)
        return format_html('<span lang="{}">{}</span>', self.language, self.plain)


def in_reader_language(vietnamese: str, english: str = "") -> Wording:
    """The text in the reader's language; where only Vietnamese exists, an English page gets it with its tag."""
    if get_language() != "en":
        return Wording(vietnamese)
    return Wording(english) if english else Wording(vietnamese, "vi")


def foreign(text: str, language: str) -> Wording:
    """Text in a language of its own; untagged when that is the page's language."""
    return Wording(text, "" if language == get_language() else language)
