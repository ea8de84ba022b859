"""What the public pages ask of the editors' work: the text of a portal, the composed first page, the stories."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from library.access import Viewer

from .models import FrontPage, PortalText, StoryIndex, StoryPage, TextPage
from .presentation.front import FrontPart, own_front, shown_front
from .presentation.stories import ShownStory, shown_story


def portal_text(viewer: Viewer, **portal: Any) -> ShownStory | None:
    """The published text for ``group=…`` or ``province=…``; None where there is none."""
    text = PortalText.objects.live().public().filter(**portal).first()
    return shown_story(text.body, viewer) if text is not None else None


def public_story(slug: str) -> StoryPage | None:
    """The story of this name, if everybody may read it."""
    story: StoryPage | None = StoryPage.objects.live().public().filter(slug=slug).first()
    return story


def front_parts(viewer: Viewer) -> list[FrontPart]:
    """The parts of the first page: as composed, or the library's own while nothing composed is published."""
    page = FrontPage.objects.live().public().order_by("-last_published_at", "-pk").first()
    return shown_front(page.body, viewer) if page is not None else own_front()


def story_addresses() -> list[tuple[str, datetime | None]]:
    """The path of each page of stories that everybody may read, for the sitemap, and when it was published last."""
    indexes: QuerySet[Any] = StoryIndex.objects.live().public()
    stories: QuerySet[Any] = StoryPage.objects.live().public().order_by("pk")
    pages = [*indexes, *stories] if stories.exists() else []
    return _addresses(pages)


def text_addresses() -> list[tuple[str, datetime | None]]:
    """The same of each page of text."""
    return _addresses(TextPage.objects.live().public().order_by("path"))


def _addresses(pages: Iterable[Any]) -> list[tuple[str, datetime | None]]:
    return [(page.url_path.split("/", 2)[2], page.last_published_at) for page in pages]
