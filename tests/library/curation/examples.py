"""A story of chosen blocks."""

from typing import Any

from library.curation.load import load_pages
from library.curation.models import StoryIndex, StoryPage


def make_story(*blocks: tuple[str, dict[str, Any]], slug: str = "chuyen-thu", live: bool = True, **fields: Any) -> StoryPage:
    """A story of these blocks, published unless told otherwise."""
    if not StoryIndex.objects.exists():
        load_pages()
    body = [{"type": name, "value": value} for name, value in blocks]
    page = StoryPage(title=fields.pop("title", "Chuyện thử"), slug=slug, body=body, live=live, **fields)
    return StoryIndex.objects.get().add_child(instance=page)
