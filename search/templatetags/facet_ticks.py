"""The values of a facet as checkboxes. Written here, not in a template: a page has two hundred, and nodes for each took a third of it."""

from collections.abc import Iterable

from django import template
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.results import FacetValue

TICK = '<label class="tick"><input type="checkbox" name="{}" value="{}"{}> {} <span class="num">{}</span></label>'
register = template.Library()


@register.simple_tag
def ticks(param: str, values: Iterable[FacetValue]) -> SafeString:
    """One checkbox a value, with its label and its count."""
    rows = ((param, each.value, " checked" if each.selected else "", each.label, localize(each.count)) for each in values)
    return format_html_join("", TICK, rows)
