"""Page numbers of a list."""

from django import template
from django.core.paginator import Page

register = template.Library()


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The numbers to offer: the ends, the neighbours, ellipses between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
