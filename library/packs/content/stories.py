"""The story of a pack, or the text of a portal: its words as on the site. What it shows of records is named, and shown on their pages."""

from dataclasses import dataclass
from typing import Any

from library.access import ANONYMOUS
from library.curation.models import StoryPage
from library.curation.presentation.languages import in_a_language
from library.curation.presentation.stories import ShownBlock, shown_story
from library.curation.published import portal_text
from library.presentation.lists.lines import RecordLine
from library.presentation.wording import Wording
from library.vocabularies.models import AdminUnit, EthnicGroup

#: Blocks that are words alone: their own templates serve.
OF_WORDS = {"heading", "text", "quotation", "note", "word", "timeline"}


@dataclass(frozen=True, slots=True)
class Part:
    """One block; ``lines`` name the records of a block that shows pictures or recordings."""

    block: ShownBlock
    lines: list[RecordLine]


@dataclass(frozen=True, slots=True)
class PackedStory:
    """What staff wrote of the subject; all empty where nobody has written."""

    lede: Wording
    parts: list[Part]
    sources: Wording


def story_of(owner: Any) -> PackedStory:
    """The story itself, or the text of the portal of a people or a province, as everybody reads it."""
    if not isinstance(owner, StoryPage):
        return PackedStory(Wording(""), _parts(owner), Wording(""))
    return PackedStory(in_a_language(owner.lede_vi, owner.lede_en), _parts(owner), in_a_language(owner.sources_vi, owner.sources_en))


def _parts(owner: Any) -> list[Part]:
    story = None
    if isinstance(owner, StoryPage):
        story = shown_story(owner.body, ANONYMOUS)
    elif isinstance(owner, EthnicGroup):
        story = portal_text(ANONYMOUS, group=owner.pk)
    elif isinstance(owner, AdminUnit):
        story = portal_text(ANONYMOUS, province=owner.pk)
    parts = [Part(block, [] if block.kind in OF_WORDS else _lines(block.shown)) for block in (story.blocks if story else [])]
    return [part for part in parts if part.lines or part.block.kind in OF_WORDS]


def _lines(shown: Any) -> list[RecordLine]:
    several = shown if isinstance(shown, list) else getattr(shown, "sides", [shown])
    return [each.line for each in several if isinstance(getattr(each, "line", None), RecordLine)]
