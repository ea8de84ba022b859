"""Choosers of records. They offer only records that the person may see."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from library.records.access.files import viewer_of
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from media_pipeline.text.names import NameFilter

from ..paging import ChooserPaginator


class VisibleRecords:
    """Mixin: the records that the person may see."""

    request: HttpRequest
    paginator_class = ChooserPaginator

    def get_object_list(self) -> RecordQuerySet:
        return Record.objects.visible_to(viewer_of(self.request.user)).select_related("office")


class ByName(NameFilter, BaseFilterForm):
    """The search field of the dialogue: titles and identifiers, with marks or without."""

    q = forms.CharField(label=_("Tìm theo tên hoặc mã"), required=False)


class ChooseRecordView(VisibleRecords, ChooseView):
    """The record chooser."""

    filter_form_class = ByName


class ChooseRecordResultsView(VisibleRecords, ChooseResultsView):
    """The result list of the record chooser."""

    filter_form_class = ByName


class ChosenRecordView(VisibleRecords, SnippetChosenView):
    """The response after a choice: the title of the record."""

    def get_object(self, pk: Any) -> Record:
        return self.get_object_list().get(pk=pk)


class ChosenRecordsView(VisibleRecords, SnippetChosenMultipleView):
    """The response after several choices."""

    def get_objects(self, pks: list[str]) -> RecordQuerySet:
        return self.get_object_list().filter(pk__in=pks)


class RecordChooserViewSet(SnippetChooserViewSet):
    """The record chooser, for relations and references."""

    choose_view_class = ChooseRecordView
    choose_results_view_class = ChooseRecordResultsView
    chosen_view_class = ChosenRecordView
    chosen_multiple_view_class = ChosenRecordsView
