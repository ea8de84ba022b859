"""Template variables: the editorial pages that every page links to, in the footer and in the text."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from library.caching.rows import cached

from .models import StoryIndex, StoryPage, TextPage

SECONDS = 300  # a page that another process published appears after this time at the latest


def editorial_pages(request: HttpRequest) -> dict[str, Any]:
    """The editorial pages that every page links to.

    - ``editorial_pages``: title and url, in menu order; ``editorial``: name of a page, with _ for -, → url.
    - ``stories``: title and url of the list of stories; None while there is no story.
    """
    menu = cached(cache_key(get_language()), _menu, SECONDS)
    pages = menu["pages"]
    editorial = {page["slug"].replace("-", "_"): page["url"] for page in pages}
    return {"editorial_pages": pages, "editorial": editorial, "stories": menu["stories"]}


def cache_key(language: str | None) -> str:
    """The cache key of the menu in a language."""
    return f"editorial-links:{language}"


def _menu() -> dict[str, Any]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {"pages": [], "stories": None}
    pages = TextPage.objects.live().public().in_menu().child_of(site.root_page).order_by("path")
    index = StoryIndex.objects.live().public().first() if StoryPage.objects.live().public().exists() else None
    return {
        "pages": [{"slug": page.slug, "title": page.shown_title, "url": page.get_url() or ""} for page in pages],
        "stories": {"title": index.shown_title.plain, "url": index.get_url() or ""} if index is not None else None,
    }
