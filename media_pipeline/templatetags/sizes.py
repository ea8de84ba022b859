"""The size of a file in words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def file_size(size: int) -> str:
    """Bytes as whole KB (1,000 bytes), never less than 1; from 1 MB on with one decimal: ``139 KB``, ``1,4 MB``."""
    if size < 999_500:
        return _("%(size)s KB") % {"size": number_format(max(1, round(size / 1000)))}
    if size < 999_950_000:
        return _("%(size)s MB") % {"size": number_format(round(size / 1_000_000, 1), 1)}
    return _("%(size)s GB") % {"size": number_format(round(size / 1_000_000_000, 1), 1)}
