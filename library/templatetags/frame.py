"""The frame of every page: navigation, the other language, what the page weighs."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from library.frame import addresses, navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def header_links(context: template.Context) -> list[tuple[navigation.MenuLink, bool]]:
    """The header's links, each with whether it is the page shown."""
    request: HttpRequest | None = context.get("request")
    return [(link, request is not None and link.is_here(request)) for link in navigation.HEADER]


@register.simple_tag
def menu_links() -> tuple[navigation.MenuLink, ...]:
    """What the menu has beside the header's links."""
    return navigation.MENU


@register.simple_tag
def footer_columns() -> tuple[navigation.FooterColumn, ...]:
    """The footer's table of contents."""
    return navigation.FOOTER


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, Any]:
    """``code``, ``name`` and ``url`` of the same page in the other language."""
    code, name, url = navigation.other_language(context.get("request"))
    return {"code": code, "name": name, "url": url}


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> addresses.PageAddresses:
    """The page's addresses for search engines."""
    return addresses.page_addresses(context["request"])


@register.simple_tag
def library_card() -> str:
    """The absolute address of the picture that a messenger shows of a page without one of its own."""
    return settings.SITE_URL + reverse("library-card")


@register.inclusion_tag("components/crumbs.html")
def crumbs(*words_and_addresses: str) -> dict[str, Any]:
    """Where the page stands: words and address of each page above it in turn; a pair without words is left out."""
    pairs = zip(words_and_addresses[::2], words_and_addresses[1::2], strict=True)
    return {"crumbs": [(words, address) for words, address in pairs if words]}
