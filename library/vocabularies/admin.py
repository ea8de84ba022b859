"""The admin pages of the authorities: to look up, and to correct with the right. Later loads do not change a corrected row.

Those of terms are in ``library/cataloguing/terms``: they count the records that use a term.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import IndexView

from library.frame.admin_lists import AdminList
from library.language.folded_search import FoldedSearch

from .models import AdminChange, AdminUnit, EthnicGroup, GroupName, Source, Vocabulary
from .source_chooser import SourceChooserViewSet


class AuthorityIndexView(FoldedSearch, IndexView):
    """A list whose search finds names with marks or without."""


class AuthorityViewSet(AdminList):
    """A listing that makes one query and searches in database columns, without a search index."""

    search_backend_name = None
    index_view_class = AuthorityIndexView
    list_per_page = 50
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows, together with the related rows that the listing shows."""
        return self.model._default_manager.select_related(*self.related)


class EthnicGroupViewSet(AuthorityViewSet):
    model = EthnicGroup
    icon = "group"
    menu_label = _("Dân tộc")
    list_display = ["code", "name_vi", "name_en", "language_vi", "population_2019", "confidence"]
    search_fields = ["name_vi", "name_1979", "name_en", "code"]
    list_filter = ["confidence", "family_vi"]
    panels = [
        FieldPanel("code", read_only=True),
        FieldPanel("name_vi"),
        FieldPanel("name_1979"),
        FieldPanel("name_en"),
        FieldPanel("language_vi"),
        FieldPanel("language_en"),
        FieldPanel("languages"),
        FieldPanel("scripts"),
        FieldPanel("scripts_confidence"),
        FieldPanel("population_2019"),
        FieldPanel("provinces"),
        FieldPanel("former_provinces"),
        FieldPanel("confidence"),
        FieldPanel("note"),
    ]


class GroupNameViewSet(AuthorityViewSet):
    model = GroupName
    icon = "tag"
    menu_label = _("Tên dân tộc")
    list_display = ["name", "group", "kind", "display"]
    search_fields = ["name", "group__name_vi"]
    list_filter = ["kind", "display", "group"]
    related = ("group",)


class AdminUnitViewSet(AuthorityViewSet):
    model = AdminUnit
    icon = "site"
    menu_label = _("Đơn vị hành chính")
    list_display = ["label_vi", "level", "code", "parent", "valid_from", "valid_to"]
    search_fields = ["label_vi", "code", "slug"]
    list_filter = ["level", "kind"]
    related = ("parent",)
    panels = [
        FieldPanel("level", read_only=True),
        FieldPanel("code", read_only=True),
        FieldPanel("parent", read_only=True),
        FieldPanel("label_vi"),
        FieldPanel("label_en"),
        FieldPanel("kind"),
        FieldPanel("latitude"),
        FieldPanel("longitude"),
        FieldPanel("area_km2"),
        FieldPanel("valid_from", read_only=True),
        FieldPanel("valid_to"),
    ]


class AdminChangeViewSet(AuthorityViewSet):
    model = AdminChange
    icon = "resubmit"
    menu_label = _("Thay đổi hành chính")
    list_display = ["old", "new", "how", "effective", "note"]
    search_fields = ["old__label_vi", "new__label_vi", "old__code"]
    list_filter = ["how"]
    related = ("old", "new")
    panels = [FieldPanel("old", read_only=True), FieldPanel("new", read_only=True), FieldPanel("how"), FieldPanel("note")]


class VocabularyViewSet(AuthorityViewSet):
    model = Vocabulary
    icon = "list-ul"
    menu_label = _("Bộ từ vựng")
    list_display = ["code", "label_vi", "label_en"]
    search_fields = ["code", "label_vi", "label_en"]


class SourceViewSet(AuthorityViewSet):
    model = Source
    icon = "link"
    menu_label = _("Nguồn")
    list_display = ["code", "title", "licence"]
    search_fields = ["code", "title"]
    chooser_viewset_class = SourceChooserViewSet
