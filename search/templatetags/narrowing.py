"""The values of a facet as checkboxes, each with its label and its count.

This is Python and not a template: a page of results has two hundred of them, and a template took a tenth of the whole page.
"""

from collections.abc import Iterable

from django import template
from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from search.results.facet_groups import FacetValue

register = template.Library()

CHECKED = SafeString(" checked")
GROUPED_FROM = 1_000  # a smaller number has no separator in any language
TICK = """<label class="tick">
<input type="checkbox" name="{}" value="{}"{}>
<span class="name">{}</span> <span class="num">{}</span>
</label>"""


@register.simple_tag
def ticks(param: str, values: Iterable[FacetValue]) -> SafeString:
    """The checkboxes of these values; ``param`` is the parameter that they set in the address."""
    rows = ((param, each.value, CHECKED if each.selected else "", each.label, _number(each.count)) for each in values)
    return format_html_join("", TICK, rows)


def _number(count: int) -> str:
    return str(count) if count < GROUPED_FROM else localize(count)
