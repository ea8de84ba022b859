"""Structured data in the head of a page, for search engines and other machines."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # so that no text can end the element


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block in JSON-LD. It is no script: the Content-Security-Policy has nothing to allow."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - every character that could end it is escaped
