"""Records in the admin: one list, one form a type, every view scoped to the officer's own office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState
from wagtail.permissions import policy_registry
from wagtail.signals import task_submitted
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from library.access import can_see

from .admin_filters import RecordFilterSet
from .create_views import CreateRecordView, PreviewNewRecordView
from .media_access import viewer_of
from .models import Record
from .office_reports import OfficeReviewMail, OfficeReviewPanel
from .panels import EDIT_HANDLER
from .pickers import pick
from .queryset import RecordQuerySet
from .withdrawal_views import restore_record, withdraw_record
from .work_panel import WorkPanel

ANY_ACTION = ("change", "delete", "publish", "lock", "unlock", "withdraw")


class OfOwnOffice:
    """Mixed into every view that names a record: Wagtail asks about the model, this asks about the record itself."""

    request: HttpRequest

    @cached_property
    def named_record(self) -> Record | None:
        """The record the address names; read from the address itself, for some views keep it to themselves."""
        match = self.request.resolver_match
        pk = match.kwargs.get("pk") if match else None
        return get_object_or_404(Record.objects.select_related("office"), pk=pk) if pk is not None else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Opens nothing of a record on which the person has no right at all, whatever the view itself asks."""
        record = self.named_record
        if record is not None and not _policy().user_has_any_permission_for_instance(request.user, ANY_ACTION, record):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """A refused form is a refused request: programs that ask see it too."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 400
        return response

    def user_has_permission(self, permission: str) -> bool:
        allowed: bool = super().user_has_permission(permission)  # type: ignore[misc]
        if self.named_record is None:
            return allowed
        return allowed and _policy().user_has_permission_for_instance(self.request.user, permission, self.named_record)


def _policy() -> Any:
    return policy_registry.get_by_type(Record)


class VisibleRecords:
    """Choosers offer what the person may see, nothing else."""

    request: HttpRequest

    def get_object_list(self) -> RecordQuerySet:
        return Record.objects.visible_to(viewer_of(self.request.user)).select_related("office")


class ChooseRecordView(VisibleRecords, ChooseView):
    """The record chooser."""


class ChooseRecordResultsView(VisibleRecords, ChooseResultsView):
    """The record chooser's list."""


class ChosenRecordView(VisibleRecords, SnippetChosenView):
    """The answer to a choice: the title of a record that the person may see."""

    def get_object(self, pk: Any) -> Record:
        return self.get_object_list().get(pk=pk)


class ChosenRecordsView(VisibleRecords, SnippetChosenMultipleView):
    """The answer to several choices."""

    def get_objects(self, pks: list[str]) -> RecordQuerySet:
        return self.get_object_list().filter(pk__in=pks)


class RecordChooserViewSet(SnippetChooserViewSet):
    """Chooses a record for relations and references."""

    choose_view_class = ChooseRecordView
    choose_results_view_class = ChooseRecordResultsView
    chosen_view_class = ChosenRecordView
    chosen_multiple_view_class = ChosenRecordsView


class RecordViewSet(SnippetViewSet):
    """The office's records: list, filter, create by type, edit, review, compare, publish."""

    model = Record
    icon = "doc-full"
    menu_label = _("Tư liệu")
    menu_name = "records"
    menu_order = 100
    add_to_admin_menu = True
    inspect_view_enabled = False
    copy_view_enabled = False
    search_backend_name = None
    filterset_class = RecordFilterSet
    list_per_page = 50
    add_view_class = CreateRecordView
    preview_on_add_view_class = PreviewNewRecordView
    chooser_viewset_class = RecordChooserViewSet
    edit_handler = EDIT_HANDLER
    list_display = [
        "title_vi",
        Column("type_label", label=_("Loại"), accessor="type_label"),
        Column("group_names", label=_("Dân tộc"), accessor="group_names"),
        Column("office", label=_("Cơ quan")),
        Column("review_state", label=_("Trạng thái"), accessor="get_review_state_display", sort_key="review_state"),
        Column("access_level", label=_("Ai xem được"), accessor="get_access_level_display", sort_key="access_level"),
        DateColumn("updated_at", label=_("Sửa lúc"), sort_key="updated_at"),
    ]
    search_fields = ["title_vi", "title_en", "identifier", "source_key"]

    def get_queryset(self, request: HttpRequest) -> RecordQuerySet:
        return _policy().instances_user_has_any_permission_for(request.user, ANY_ACTION).listed()

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Every view of the viewset is made here, so that none can forget the office."""
        return super().construct_view(type(view_class.__name__, (OfOwnOffice, view_class), {}), **kwargs)


register_snippet(RecordViewSet)


@hooks.register("register_bulk_action", order=1)  # after Wagtail's own for all snippets, whose place it takes
class DeleteDrafts(DeleteBulkAction):
    """Deletes many drafts. What the person may not delete is named only where the person may see it."""

    models = [Record]

    def get_actionable_objects(self) -> tuple[list[Record], dict[str, list[Record]]]:
        drafts, others = super().get_actionable_objects()
        viewer = viewer_of(self.request.user)
        return drafts, {name: [record for record in records if can_see(viewer, record)] for name, records in others.items()}


class WithdrawMenuItem(ActionMenuItem):
    """The way to the question "why?" from the edit form."""

    name = "action-withdraw"
    label = _("Gỡ xuống…")
    icon_name = "no-view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit" and context["request"].user.has_perm("records.withdraw_record")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("withdraw_record", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def register_withdraw_item(model: type) -> WithdrawMenuItem | None:
    """Records alone can be withdrawn."""
    return WithdrawMenuItem(order=90) if model is Record else None


@hooks.register("register_admin_urls")
def register_record_urls() -> list[Any]:
    """The list under the typing of AuthorityPicker, and the two questions of withdrawal."""
    return [
        path("authorities/<slug:kind>/", pick, name="pick_authority"),
        path("records/<int:pk>/withdraw/", withdraw_record, name="withdraw_record"),
        path("records/<int:pk>/restore/", restore_record, name="restore_record"),
    ]


@hooks.register("register_log_actions")
def register_record_actions(actions: Any) -> None:
    """The audit log's words for the verbs that Wagtail does not have."""
    actions.register_action("records.withdraw", _("Gỡ xuống"), _("Đã gỡ xuống"))
    actions.register_action("records.restore", _("Đưa trở lại"), _("Đã đưa trở lại làm bản nháp"))


@hooks.register("construct_homepage_panels")
def show_own_work(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for the person, and the panel of work to review without that of other offices."""
    panels[:] = [OfficeReviewPanel() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels]
    panels.append(WorkPanel())


MAIL_OF_REVIEWS = "group_approval_task_submitted_email_notification"  # under which Wagtail connects its own
task_submitted.disconnect(sender=TaskState, dispatch_uid=MAIL_OF_REVIEWS)
review_mail = OfficeReviewMail()
task_submitted.connect(review_mail, sender=TaskState, dispatch_uid=MAIL_OF_REVIEWS)
