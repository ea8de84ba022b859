"""The chooser of the record to which photographs are added: only records that the person may change."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from library.records.access.permissions import record_policy
from library.records.models import Record
from library.records.queryset import RecordQuerySet

from ...views.choosers import ChooseRecordResultsView, ChooseRecordView, ChosenRecordView


class ChangeableRecords:
    """Mixin: the records that the person may change."""

    request: HttpRequest

    def get_object_list(self) -> RecordQuerySet:
        records: RecordQuerySet = record_policy().instances_user_has_permission_for(self.request.user, "change")
        return records.select_related("office")


class WithIdentifier(ChangeableRecords):
    """Mixin of the dialogue and of its results: titles repeat, identifiers do not."""

    page_subtitle = ""

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("identifier", label=_("Mã"), accessor="identifier")]  # type: ignore[misc]


class ChooseChangeableView(WithIdentifier, ChooseRecordView):
    """The dialogue."""


class ChooseChangeableResultsView(WithIdentifier, ChooseRecordResultsView):
    """Its results."""


class ChosenChangeableView(ChangeableRecords, ChosenRecordView):
    """The answer after a choice."""

    response_data_title_key = "title"


class RecordToAddToViewSet(SnippetChooserViewSet):
    """The chooser. It is not the one for fields that point to a record."""

    model = Record
    register_widget = False
    icon = "doc-full"
    choose_one_text = _("Chọn tư liệu đã có")
    choose_view_class = ChooseChangeableView
    choose_results_view_class = ChooseChangeableResultsView
    chosen_view_class = ChosenChangeableView
