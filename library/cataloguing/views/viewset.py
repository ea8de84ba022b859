"""The admin views of records: the list, a form for each type, and a check of the office in every view."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from library.frame.admin_lists import AdminList
from library.records.access.permissions import has_any_right, of_own_office, record_policy, records_with_any_right
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from media_pipeline.text.names import named_like

from ..forms.panels import EDIT_HANDLER
from ..paging import StaffPaginator
from ..review.wagtail_views import DecidedOnTheSheetView
from ..review.work_lists import changes_in_review
from .choosers import RecordChooserViewSet
from .completeness import CompletenessOfNewView, CompletenessView
from .create import CreateRecordView, PreviewNewRecordView
from .edit import EditRecordView, UnpublishRecordView
from .filters import RecordFilterSet
from .withdrawal import tell_why_closed


class OwnOfficeMixin:
    """Mixed into every view: Wagtail checks rights on the model only, this checks the record itself."""

    request: HttpRequest

    @cached_property
    def record_in_address(self) -> Record | None:
        """The record whose key is in the address, or None. Read from the address, because not every view gives access to its object."""
        match = self.request.resolver_match
        pk = match.kwargs.get("pk") if match else None
        return get_object_or_404(Record.objects.select_related("office"), pk=pk) if pk is not None else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises PermissionDenied when the person has no right on the record, whatever the view itself checks.

        Officers of its office are told why a withdrawn record does not open.
        """
        record = self.record_in_address
        if record is not None and not has_any_right(request.user, record):
            if record.withdrawn_at is None or not of_own_office(request.user, record):
                raise PermissionDenied
            tell_why_closed(request, record)
            return redirect("wagtailsnippets_records_record:list")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answers 400 for a form with errors, so that programs, too, notice it."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 400
        return response

    def user_has_permission(self, permission: str) -> bool:
        allowed: bool = super().user_has_permission(permission)  # type: ignore[misc]
        if self.record_in_address is None:
            return allowed
        return allowed and record_policy().user_has_permission_for_instance(self.request.user, permission, self.record_in_address)


class RecordIndexView(IndexView):
    """The list of records; its search finds names with marks or without, as the public search does."""

    paginator_class = StaffPaginator

    def search_queryset(self, queryset: RecordQuerySet) -> RecordQuerySet:
        """By titles and identifiers."""
        return named_like(queryset, self.search_query, "name_key") if self.is_searching else queryset

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Adds the export of what the list shows now: with its filters and its search."""
        query = self.request.GET.urlencode()
        address = reverse("exports:index") + (f"?{query}" if query else "")
        return [*super().header_more_buttons, Button(_("Xuất danh sách này"), url=address, icon_name="download", priority=90)]


class StateColumn(Column):
    """The state of the work, and beside it the mark "needs checking" where the record has it."""

    cell_template_name = "cataloguing/state_cell.html"


class RecordViewSet(AdminList):
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
    list_per_page = 25  # a row with its menu costs 3 ms
    index_view_class = RecordIndexView
    add_view_class = CreateRecordView
    edit_view_class = EditRecordView
    unpublish_view_class = UnpublishRecordView
    preview_on_add_view_class = PreviewNewRecordView
    workflow_action_view_class = DecidedOnTheSheetView
    collect_workflow_action_data_view_class = DecidedOnTheSheetView
    chooser_viewset_class = RecordChooserViewSet
    edit_handler = EDIT_HANDLER
    list_display = [
        "title_vi",
        Column("type_label", label=_("Loại"), accessor="type_label"),
        Column("group_names", label=_("Dân tộc"), accessor="group_names"),
        Column("office", label=_("Cơ quan")),
        StateColumn("review_state", label=_("Trạng thái"), accessor="state_label", sort_key="review_state"),
        Column("access_level", label=_("Ai xem được"), accessor="get_access_level_display", sort_key="access_level"),
        DateColumn("updated_at", label=_("Sửa lúc"), sort_key="updated_at"),
    ]
    search_fields = ["name_key"]

    def get_queryset(self, request: HttpRequest) -> RecordQuerySet:
        return records_with_any_right(request.user).listed().annotate(change_in_review=changes_in_review())

    def get_urlpatterns(self) -> list[URLPattern]:
        """Adds the two views that say how complete a form is."""
        forms = {"form_class": self.get_form_class()}
        return [
            *super().get_urlpatterns(),
            path("completeness/", non_atomic_requests(self.construct_view(CompletenessOfNewView, **forms)), name="completeness_on_add"),
            path(
                "completeness/<int:pk>/", non_atomic_requests(self.construct_view(CompletenessView, **forms)), name="completeness_on_edit"
            ),
        ]

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Adds the check of the office to every view: all views of the viewset are made here."""
        return super().construct_view(type(view_class.__name__, (OwnOfficeMixin, view_class), {}), **kwargs)
