"""How long a piece of work goes on, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def time_left_in_words(seconds: int | None) -> str:
    """``Còn chừng 2 phút``; empty while nothing can be said (None)."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("Còn chưa đến một phút.")
    minutes = round(seconds / 60)
    return ngettext("Còn chừng %(number)d phút.", "Còn chừng %(number)d phút.", minutes) % {"number": minutes}
