"""The first page as staff composed it: what was chosen, in order, and between it the sections that the library fills by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from library.access import Viewer
from library.vocabularies.models import EthnicGroup

from ..blocks.front import SECTION, SECTIONS
from .languages import Passage, passage, words
from .parts import ShownRecord, shown_record
from .readable import ReadableRecords, readable_records, record_keys
from .stories import StoryLine, story_lines

CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class ChosenPeople:
    """A people with its portal."""

    name: str
    url: str
    note: Any


@dataclass(frozen=True, slots=True)
class ChosenText:
    """Some words of the editors."""

    heading: Any
    text: Passage | None


Chosen = StoryLine | ShownRecord | ChosenPeople | ChosenText


@dataclass(frozen=True, slots=True)
class FrontPart:
    """A part of the first page: a section by its name, or some chosen things, each with the name of its kind."""

    section: str
    chosen: list[tuple[str, Chosen]]

    @property
    def template(self) -> str:
        """The template of the part."""
        return "curation/front/chosen.html" if self.chosen else f"home/sections/{self.section}.html"


def own_front() -> list[FrontPart]:
    """The library's own first page: all sections in their order."""
    return [FrontPart(name, []) for name, _label in SECTIONS]


def shown_front(stream: Any, viewer: Viewer) -> list[FrontPart]:
    """The parts that this viewer sees now. A composed page that names no section has all of them below what was chosen."""
    records = readable_records(record_keys(stream), viewer)
    children = [child for child in stream if child.block_type == SECTION or _now(child.value)]
    parts: list[FrontPart] = []
    for is_section, some in groupby(children, key=lambda child: child.block_type == SECTION):
        if is_section:
            parts += [FrontPart(child.value, []) for child in some]
        else:
            parts += _chosen(list(some), records)
    return parts if any(part.section for part in parts) else parts + own_front()


def _chosen(children: list[Any], records: ReadableRecords) -> list[FrontPart]:
    shown = [(child.block_type, KINDS[child.block_type](child.value, records)) for child in children]
    chosen = [(kind, thing) for kind, thing in shown if thing is not None]
    return [FrontPart("", chosen)] if chosen else []


def _now(value: Any) -> bool:
    """Whether a block is to be seen at this time."""
    now, start, end = timezone.now(), value.get("shown_from"), value.get("shown_until")
    return (start is None or start <= now) and (end is None or now < end)


def _story(value: Any, records: ReadableRecords) -> StoryLine | None:
    page = value.get("story")
    if page is None or not page.live or page.get_view_restrictions().exists():
        return None
    return story_lines([page.specific], records.viewer)[0]


def _record(value: Any, records: ReadableRecords) -> ShownRecord | None:
    return shown_record(value, records, "record", "note")


def _people(value: Any, records: ReadableRecords) -> ChosenPeople | None:
    group = EthnicGroup.objects.filter(slug=value.get("people") or "").first()
    return ChosenPeople(group.name, reverse("group", args=[group.slug]), words(value, "note")) if group else None


def _text(value: Any, records: ReadableRecords) -> ChosenText:
    return ChosenText(words(value, "heading"), passage(value, "text"))


KINDS: Mapping[str, Callable[[Any, ReadableRecords], Chosen | None]] = {
    "story": _story,
    "record": _record,
    "people": _people,
    "text": _text,
}
