"""Words with an address, one or many between commas."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def link(words: Any, url: str = "") -> SafeString:
    """The words as a link; as plain text where there is no address."""
    return format_html('<a href="{}">{}</a>', url, words) if url else conditional_escape(words)


@register.simple_tag
def links(values: Iterable[Any], separator: str = ", ") -> SafeString:
    """Values between separators, each as a link where it has an address. A value has ``words`` and ``url``, or is plain text."""
    return format_html_join(separator, "{}", ((_value(value),) for value in values))


@register.simple_tag
def first_links(values: list[Any], most: int) -> SafeString:
    """The first values between commas, with an ellipsis where there are more."""
    return format_html("{}{}", links(values[:most]), "…" if len(values) > most else "")


def _value(value: Any) -> SafeString:
    return link(value.words, value.url) if hasattr(value, "url") else conditional_escape(value)
