"""Template variables: the editorial pages that every page links to, in the footer and in the text."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from .models import TextPage

SECONDS = 300  # a page that another process published appears after this time at the latest


def editorial_pages(request: HttpRequest) -> dict[str, Any]:
    """``editorial_pages`` (title and url, in menu order) and ``editorial`` (name of a page, with _ for -, → url)."""
    pages = cache.get_or_set(cache_key(), _menu, SECONDS) or []
    return {"editorial_pages": pages, "editorial": {page["slug"].replace("-", "_"): page["url"] for page in pages}}


def cache_key() -> str:
    """The cache key of the menu in the reader's language."""
    return f"editorial-menu:{get_language()}"


def _menu() -> list[dict[str, str]]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return []
    pages = TextPage.objects.live().public().in_menu().child_of(site.root_page).order_by("path")
    return [{"slug": page.slug, "title": page.shown_title, "url": page.get_url() or ""} for page in pages]
