"""A story as a reader sees it, and stories as lines of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from library.access import Viewer
from library.presentation.wording import Wording
from media_pipeline.available_renditions import Picture

from .languages import in_a_language, words
from .parts import PARTS
from .readable import readable_records, record_keys


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block: its template, its heading, and what it shows (a value of ``parts``)."""

    number: int
    kind: str
    template: str
    heading: Wording
    shown: Any


@dataclass(frozen=True, slots=True)
class ShownStory:
    """The blocks that the reader sees; ``hidden`` is the number of those that the reader does not."""

    blocks: list[ShownBlock]
    hidden: int


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list."""

    title: Wording
    lede: Wording
    url: str
    picture: Picture | None
    seed: str  # of the cloth that stands where there is no picture


def shown_story(stream: Any, viewer: Viewer) -> ShownStory:
    """The blocks of a stream of ``StoryBlock``, in a fixed number of queries."""
    records = readable_records(record_keys(stream), viewer)
    pairs = [(child, PARTS[child.block_type](child.value, records)) for child in stream]
    blocks = [
        ShownBlock(number, child.block_type, f"curation/blocks/{child.block_type}.html", words(child.value, "heading"), shown)
        for number, (child, shown) in enumerate(pairs, start=1)
        if shown or child.block_type == "invitation"
    ]
    return ShownStory(blocks, len(pairs) - len(blocks))


def story_lines(pages: Iterable[Any], viewer: Viewer) -> list[StoryLine]:
    """Lines of pages of stories; the picture is that of the cover, where the viewer may see it."""
    stories = list(pages)
    covers = readable_records([story.cover_id for story in stories if story.cover_id], viewer)
    return [_line(story, covers.by_key.get(story.cover_id), covers) for story in stories]


def bare_story_lines(pages: Iterable[Any]) -> list[StoryLine]:
    """The same without pictures, and without a query for their covers."""
    return [_line(story, None, None) for story in pages]


def _line(story: Any, cover: Any, covers: Any) -> StoryLine:
    picture = covers.line(cover).picture if cover is not None else None
    lede = in_a_language(story.lede_vi, story.lede_en)
    return StoryLine(in_a_language(story.title, story.title_en), lede, story.get_url() or "", picture, f"chuyen-{story.slug}")
