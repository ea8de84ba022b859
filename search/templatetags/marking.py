"""Words with the matching ones marked. Written here, not in a template: a page of results has a hundred such passages."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.query.highlighting import MarkedText

register = template.Library()


@register.filter
def marked(pieces: Iterable[MarkedText]) -> SafeString:
    """The pieces as one text, each matching word in a mark."""
    written = (f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text) for piece in pieces)
    return mark_safe("".join(written))  # noqa: S308  # every piece is escaped
