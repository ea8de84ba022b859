"""Registers the button in the list of records, the pages of bulk edits and their menu item."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from library.accounts.admin.menu import shown_to

from .access import may_edit_in_bulk
from .views.choose import BulkEditAction
from .views.viewset import BulkEditViewSet

hooks.register("register_bulk_action", BulkEditAction)


@hooks.register("register_admin_viewset")
def register_bulk_edits() -> list[Any]:
    """The bulk edits of the office."""
    return [BulkEditViewSet("bulk_edits", url_prefix="bulk-edits")]


@hooks.register("register_reports_menu_item")
def register_bulk_edits_item() -> MenuItem:
    """The way back to an earlier bulk edit, to take it back."""
    item = shown_to(may_edit_in_bulk)
    return item(_("Các lần sửa hàng loạt"), reverse_lazy("bulk_edits:index"), name="bulk-edits", icon_name="edit", order=900)
