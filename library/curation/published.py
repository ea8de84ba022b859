"""What the public pages ask of the editors' work: the text of a portal, the composed first page, the stories."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from library.access import Viewer

from .models import FrontPage, PortalText, StoryIndex, StoryPage, TextPage
from .presentation.front import FrontPart, own_front, shown_front
from .presentation.stories import ShownStory, StoryLine, bare_story_lines, shown_story


def portal_text(viewer: Viewer, **portal: Any) -> ShownStory | None:
    """The published text for ``group=…`` or ``province=…``; None where there is none."""
    text = _public(PortalText.objects).filter(**portal).first()
    return shown_story(text.body, viewer) if text is not None else None


def public_story(slug: str) -> StoryPage | None:
    """The story of this name, if everybody may read it."""
    story: StoryPage | None = _public(StoryPage.objects).filter(slug=slug).first()
    return story


def front_parts(viewer: Viewer) -> list[FrontPart]:
    """The parts of the first page: as composed, or the library's own while nothing composed is published."""
    page = _public(FrontPage.objects).order_by("-last_published_at", "-pk").first()
    return shown_front(page.body, viewer) if page is not None else own_front()


def newest_stories(most: int) -> list[StoryLine]:
    """The newest stories that everybody may read, without pictures."""
    return bare_story_lines(_public(StoryPage.objects).order_by("-first_published_at", "-pk")[:most])


def story_addresses() -> list[tuple[str, datetime | None]]:
    """The path of each page of stories that everybody may read, for the sitemap, and when it was published last."""
    indexes: QuerySet[Any] = _public(StoryIndex.objects)
    stories: QuerySet[Any] = _public(StoryPage.objects).order_by("pk")
    pages = [*indexes, *stories] if stories.exists() else []
    return _addresses(pages)


def text_addresses() -> list[tuple[str, datetime | None]]:
    """The same of each page of text."""
    return _addresses(_public(TextPage.objects).order_by("path"))


def _public(pages: Any) -> Any:
    """Published pages that everybody may read: in one query, where Wagtail's own ``public()`` asks for all restrictions first."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    of_it_or_above = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return pages.live().filter(~Exists(of_it_or_above))


def _addresses(pages: Iterable[Any]) -> list[tuple[str, datetime | None]]:
    return [(page.url_path.split("/", 2)[2], page.last_published_at) for page in pages]
