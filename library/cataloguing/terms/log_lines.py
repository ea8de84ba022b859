"""The lines that the history of a term has for what was done with it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


class MergeLine(LogFormatter):
    """Who merged what into what."""

    label = gettext_lazy("Gộp thuật ngữ")

    def format_message(self, log_entry: Any) -> str:
        """Names both terms as they were called then."""
        return _("Gộp “%(old)s” (%(old_code)s) vào “%(new)s” (%(new_code)s)") % log_entry.data
