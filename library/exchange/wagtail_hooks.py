"""Registers the screens of imports and exports, and the export of what is ticked in the list of records."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .actions.exports.verbs import EXPORTED
from .formats.registry import FORMATS
from .views.export_bulk import ExportRecords
from .views.viewset import ExportViewSet, ImportViewSet

hooks.register("register_bulk_action", ExportRecords)


@hooks.register("register_admin_viewset")
def register_imports() -> list[Any]:
    """The imports of the office, and each person's own exports."""
    return [ImportViewSet("imports"), ExportViewSet("exports")]


class ExportFormatter(LogFormatter):
    """What an export took away."""

    label = _("Xuất tư liệu")

    def format_message(self, log_entry: Any) -> str:
        """How many records, and as what."""
        number, code = log_entry.data["records"], log_entry.data["format"]
        words = ngettext("Đã xuất %(number)d tư liệu (%(format)s)", "Đã xuất %(number)d tư liệu (%(format)s)", number)
        return words % {"number": number, "format": FORMATS[code].label if code in FORMATS else code}


@hooks.register("register_log_actions")
def register_export_in_log(actions: Any) -> None:
    """Exports stand in the history of the person who asked for them."""
    actions.register_action(EXPORTED)(ExportFormatter)
    actions.register_action("exchange.sheet_template", _("Thay mẫu phiếu kiểm kê"), _("Đã thay mẫu phiếu kiểm kê"))
