"""Records in the admin: one list, one form a type, every view scoped to the officer's own office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from library.vocabularies.models import Term

from .admin_filters import RecordFilterSet
from .create import mint
from .media_access import viewer_of
from .models import MintedIdentifier, Record
from .panels import EDIT_HANDLER
from .pickers import pick
from .profiles import all_profiles, profile
from .queryset import RecordQuerySet
from .withdrawal_views import restore_record, withdraw_record

NOT_EVALUATED = "CNE"  # rights are never blank: unknown is "copyright not evaluated" (domain handbook, section 9)

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


class CreateRecordView(CreateView):
    """First asks which type of record, then gives it its permanent name, then shows the form of that type.

    The name is in the form's own address, so that the same form sent twice (an autosave that crosses the officer's click, a
    weak line that repeats) makes one record.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen_type:
            return render(request, "records/admin/choose_type.html", {"profiles": all_profiles(), "view": self})
        if not self.given_name:
            return redirect(f"{self.get_add_url()}&ma={mint()}")
        return super().get(request, *args, **kwargs)

    @property
    def given_name(self) -> str:
        """The minted name in the address; 404 for one that was never minted or is another record's."""
        name = self.request.GET.get("ma", "")
        if name and not MintedIdentifier.objects.filter(name=name).exists():
            raise Http404
        return name

    @property
    def chosen_type(self) -> str:
        asked = self.request.GET.get("type", "")
        return asked if asked in {each.code for each in all_profiles()} else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kwargs["instance"] = self.new_record()
        return kwargs

    def new_record(self) -> Record:
        """The record that this form makes: new, with the defaults of its profile and office, or as its first sending made it."""
        name = self.given_name or mint()
        begun = Record.objects.filter(identifier=name).first()
        if begun is not None:
            return self._begun(begun)
        chosen = profile(self.chosen_type)
        return Record(
            identifier=name,
            record_type=chosen.code,
            created_by=self.request.user,
            office=self.request.user.office,
            own_access=chosen.default_access,
            rights=Term.objects.get(vocabulary__code="rights_statements", code=NOT_EVALUATED),
            live=False,
        )

    def _begun(self, record: Record) -> Record:
        """The record without its rows, for the form brings all of them again. Nobody else's, and nothing published."""
        if record.live or record.created_by_id != self.request.user.pk:
            raise Http404
        for relation in get_all_child_relations(Record):
            setattr(record, relation.get_accessor_name(), [])
        return record

    def get_add_url(self) -> str:
        name = f"&ma={self.given_name}" if self.given_name else ""
        return f"{super().get_add_url()}?type={self.chosen_type}{name}"


class VisibleRecords:
    """Choosers offer what the person may see, nothing else."""

    request: HttpRequest

    def get_object_list(self) -> RecordQuerySet:
        return Record.objects.visible_to(viewer_of(self.request.user)).select_related("office")


class ChooseRecordView(VisibleRecords, ChooseView):
    """The record chooser."""


class ChooseRecordResultsView(VisibleRecords, ChooseResultsView):
    """The record chooser's list."""


class RecordChooserViewSet(SnippetChooserViewSet):
    """Chooses a record for relations and references."""

    choose_view_class = ChooseRecordView
    choose_results_view_class = ChooseRecordResultsView


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
