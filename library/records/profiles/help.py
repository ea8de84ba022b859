"""What the form says under a field of a profile: what to write, an example, and who will see it."""

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from ..models.choices import level_mark
from .schema import Field


def _help_line(field: Field) -> str:
    example = str(field.example).rstrip(".")
    parts = (str(field.help), _("Ví dụ: %(example)s.") % {"example": example} if example else "", level_mark(field.level))
    return " ".join(part for part in parts if part)


#: One line of help for a field, in the language of whoever reads it.
help_line: Callable[[Field], str] = lazy(_help_line, str)
