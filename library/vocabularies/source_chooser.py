"""The chooser of sources: those that were cited last come first; typing finds the beginnings of words, with marks or without."""

from typing import Any

from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from media_pipeline.text.names import named_with

from .models import Source


class ByTitle(BaseFilterForm):
    """The search field of the dialogue."""

    q = forms.CharField(label=_("Tìm theo nhan đề hoặc mã"), required=False)

    def filter(self, objects: QuerySet[Source]) -> QuerySet[Source]:
        """What was found stands in the order of titles."""
        self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(self.search_query)
        return named_with(objects, self.search_query, "title__folded", "code__folded").order_by("title") if self.is_searching else objects


class SourceList:
    """Mixin of the dialogue and of its results."""

    filter_form_class = ByTitle

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("code", label=_("Mã"), accessor="code")]  # type: ignore[misc]

    def get_object_list(self) -> QuerySet[Any]:
        """Sources that nobody has cited come last, by title."""
        citations = Source.objects.filter(pk=OuterRef("pk")).order_by("-citations__pk").values("citations__pk")
        cited = Source.objects.annotate(last_citation=Subquery(citations[:1]))  # the greatest of all would read every citation
        return cited.order_by(F("last_citation").desc(nulls_last=True), "title")


class ChooseSourceView(SourceList, ChooseView):
    """The dialogue."""


class ChooseSourceResultsView(SourceList, ChooseResultsView):
    """Its results."""


class SourceChooser(AdminSnippetChooser):
    """Its buttons, in the language of each page: Wagtail's stay in that of the first page that had them."""

    def __init__(self, model: type[Source] | None = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        self.choose_one_text = _("Chọn nguồn")
        self.choose_another_text = _("Chọn nguồn khác")
        self.link_to_chosen_text = _("Sửa nguồn này")


class SourceChooserViewSet(SnippetChooserViewSet):
    """The chooser of sources, for the rows of a record."""

    base_widget_class = SourceChooser

    choose_view_class = ChooseSourceView
    choose_results_view_class = ChooseSourceResultsView
