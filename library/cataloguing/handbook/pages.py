"""The staff's handbook: short pages of collections/handbook, and a page for each record type made from its profile."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from library.records.profiles.schema import bilingual


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; it prints in the reader's."""

    vi: str
    en: str

    def __str__(self) -> str:
        return str(bilingual(self.vi, self.en))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: Words
    text: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page of the handbook; ``slug`` is its place in the address."""

    slug: str
    title: Words
    sections: tuple[Section, ...]


@cache
def handbook_pages() -> tuple[HandbookPage, ...]:
    """All pages in their order. Raises KeyError for a file that lacks a part."""
    folder: Path = settings.COLLECTIONS_DIR / "handbook"
    read = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yaml")}
    return tuple(
        HandbookPage(slug, Words(**page["title"]), tuple(_section(section) for section in page["sections"]))
        for slug, page in sorted(read.items(), key=lambda item: int(item[1]["order"]))
    )


def _section(section: dict[str, object]) -> Section:
    heading, text = section["heading"], section["text"]
    assert isinstance(heading, dict) and isinstance(text, list)
    return Section(Words(**heading), tuple(Words(**paragraph) for paragraph in text))
