"""The frame of every page: navigation, the other language, what the page weighs."""

from typing import Any

from django import template
from django.http import HttpRequest

from library.frame import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def header_doors(context: template.Context) -> list[tuple[navigation.Door, bool]]:
    """The header's links, each with whether it is the page shown."""
    request: HttpRequest | None = context.get("request")
    return [(door, request is not None and door.is_here(request)) for door in navigation.HEADER]


@register.simple_tag
def footer_columns() -> tuple[navigation.Column, ...]:
    """The footer's table of contents."""
    return navigation.FOOTER


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, Any]:
    """``code``, ``name`` and ``url`` of the same page in the other language."""
    code, name, url = navigation.other_language(context.get("request"))
    return {"code": code, "name": name, "url": url}
