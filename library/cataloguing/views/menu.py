"""The menu of the edit form, and the search fields of the admin: what records add, and what they replace of Wagtail's own."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail.admin.search import SearchArea
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)

from library.records.access.consents import needs_consent
from library.records.access.permissions import record_policy
from library.records.access.review_levels import may_publish_alone
from library.records.models import Record
from library.records.profiles import all_profiles


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


class ConsentMenuItem(ActionMenuItem):
    """The menu item of the edit form that opens the page of consents; for a record whose fields need one."""

    name = "action-consent"
    label = gettext_lazy("Đồng ý cho liên hệ…")
    icon_name = "user"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and needs_consent(context["instance"])

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("contact_consent", args=[parent_context["instance"].pk])


class BroadcastConsentMenuItem(ActionMenuItem):
    """The menu item of the edit form that opens the page of consents to be broadcast; for a saved record."""

    name = "action-broadcast-consent"
    label = gettext_lazy("Đồng ý cho phát loa…")
    icon_name = "user"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return bool(context["view"] == "edit")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("broadcast_consent", args=[parent_context["instance"].pk])


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


class ReadingSheetMenuItem(ActionMenuItem):
    """The menu item that opens the reading sheet, where a review is decided; while the record waits."""

    name = "action-read"
    label = gettext_lazy("Mở tờ đọc duyệt")
    icon_name = "glasses"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["instance"].workflow_in_progress

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("review_record", args=[parent_context["instance"].pk])


# Wagtail's own items that stand in no menu of a record: withdrawal is the only way out of the public, reviews are decided on their sheet.
LEFT_OUT = (UnpublishMenuItem, WorkflowMenuItem, RestartWorkflowMenuItem)
# Wagtail's own item → ours, which stands at the same place.
REPLACED: dict[type[ActionMenuItem], type[ActionMenuItem]] = {
    SubmitForModerationMenuItem: SendForReviewMenuItem,
    CancelWorkflowMenuItem: TakeBackMenuItem,
}


def adapt_menu(items: list[ActionMenuItem], context: dict[str, Any]) -> None:
    """Changes the menu of a record in place: what it leaves out and names in our words, and publishing for those who may alone."""
    if context["model"] is not Record:
        return
    left_out = LEFT_OUT if _may_publish(context) else (*LEFT_OUT, PublishMenuItem)
    items[:] = [item for item in items if not isinstance(item, left_out)]
    for place, item in enumerate(items):
        if replacement := REPLACED.get(type(item)):
            items[place] = replacement(order=item.order)


def _may_publish(context: dict[str, Any]) -> bool:
    """Whether the form has the button "publish": not while a review decides that."""
    record, request = context.get("instance"), context["request"]
    if record is None or record.pk is None:
        code = record.record_type if record is not None else request.GET.get("type", "")
        return code in {profile.code for profile in all_profiles()} and may_publish_alone(request.user, code)
    may: bool = record_policy().user_has_permission_for_instance(request.user, "publish", record)
    return may and not record.workflow_in_progress


class RecordSearchArea(SearchArea):
    """The search in records. It comes first, so the field in the side bar searches there."""

    def __init__(self) -> None:
        address = reverse_lazy("wagtailsnippets_records_record:list")
        super().__init__(gettext_lazy("Tư liệu"), address, name="records", icon_name="doc-full", order=10)

    def is_shown(self, request: HttpRequest) -> bool:
        return record_policy().user_has_any_permission(request.user, ("add", "change", "view"))

    def is_active(self, request: HttpRequest, current: str | None = None) -> bool:
        return super().is_active(request, current) if current else request.path.startswith(str(self.url))
