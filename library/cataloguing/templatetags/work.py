"""How much waits for the person, for every page of the admin."""

from typing import Any

from django import template

from ..review.work_lists import number_waiting_on_page

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_number(context: Any) -> int:
    """The number of what waits for the person who looks at the page."""
    request = context.get("request")
    return number_waiting_on_page(request) if request is not None and request.user.is_authenticated else 0
