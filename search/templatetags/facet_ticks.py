"""The values of a facet as checkboxes. Written here, not in a template: a page has two hundred, and nodes for each took a third of it."""

from collections.abc import Iterable

from django import template
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.results.facet_groups import FacetValue

register = template.Library()


@register.simple_tag
def ticks(param: str, values: Iterable[FacetValue]) -> SafeString:
    """One checkbox a value, with its label and its count."""
    return mark_safe("".join(_tick(escape(param), each) for each in values))  # noqa: S308  # every part is escaped


def _tick(param: SafeString, each: FacetValue) -> str:
    checked = " checked" if each.selected else ""
    box = f'<input type="checkbox" name="{param}" value="{escape(each.value)}"{checked}>'
    return f'<label class="tick">{box} {escape(each.label)} <span class="num">{localize(each.count)}</span></label>'
