"""The menu of the edit form, and the search fields of the admin: what records add, and what they replace of Wagtail's own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail.admin.search import SearchArea
from wagtail.snippets.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem, UnpublishMenuItem

from library.records.access.permissions import record_policy
from library.records.models import Record


class WithdrawMenuItem(ActionMenuItem):
    """The menu item of the edit form that opens the withdrawal page; for a record that was public."""

    name = "action-withdraw"
    label = gettext_lazy("Gỡ xuống…")
    icon_name = "no-view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        if context["view"] != "edit" or not context["request"].user.has_perm("records.withdraw_record"):
            return False
        record = context["instance"]
        return record.first_published_at is not None and record.withdrawn_at is None

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("withdraw_record", args=[parent_context["instance"].pk])


class SendForReviewMenuItem(SubmitForModerationMenuItem):
    """Wagtail's item, without the name of the workflow: there is one, and its name has one language only."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        record = parent_context.get("instance")
        state = record.current_workflow_state if record else None
        sent_back = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        return context | {"label": gettext_lazy("Gửi duyệt lại") if sent_back else gettext_lazy("Gửi duyệt")}


class TakeBackMenuItem(CancelWorkflowMenuItem):
    """Wagtail's item that ends a review, in words that say what happens to the record."""

    label = gettext_lazy("Rút khỏi duyệt")


# Wagtail's own item → ours, which stands at the same place.
REPLACED: dict[type[ActionMenuItem], type[ActionMenuItem]] = {
    SubmitForModerationMenuItem: SendForReviewMenuItem,
    CancelWorkflowMenuItem: TakeBackMenuItem,
}


def adapt_menu(items: list[ActionMenuItem], context: dict[str, Any]) -> None:
    """Changes the menu of a record in place: withdrawal is the only way out of the public, and reviews are named in our words."""
    if context["model"] is not Record:
        return
    items[:] = [item for item in items if not isinstance(item, UnpublishMenuItem)]
    for place, item in enumerate(items):
        if replacement := REPLACED.get(type(item)):
            items[place] = replacement(order=item.order)


class RecordSearchArea(SearchArea):
    """The search in records. It comes first, so the field in the side bar searches there."""

    def __init__(self) -> None:
        address = reverse_lazy("wagtailsnippets_records_record:list")
        super().__init__(gettext_lazy("Tư liệu"), address, name="records", icon_name="doc-full", order=10)

    def is_shown(self, request: HttpRequest) -> bool:
        return record_policy().user_has_any_permission(request.user, ("add", "change", "view"))

    def is_active(self, request: HttpRequest, current: str | None = None) -> bool:
        return super().is_active(request, current) if current else request.path.startswith(str(self.url))
