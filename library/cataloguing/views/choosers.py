"""Choosers of records: they offer what the person may see, nothing else."""

from typing import Any

from django.http import HttpRequest
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
