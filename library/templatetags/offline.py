"""Whether a page may be kept for times without a network."""

from django import template

from library.offline.copies import asked_by_anybody

register = template.Library()


@register.simple_tag(takes_context=True)
def may_keep(context: template.Context) -> bool:
    """Whether the reader of this page sees it as everybody does: only then it is offered to be kept."""
    request = context.get("request")
    return request is not None and asked_by_anybody(request)
