"""The addresses of imports and exports, and the item of imports in the main menu."""

from typing import Any

from django.db.transaction import non_atomic_requests
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from library.accounts.admin.menu import shown_to

from ..access import may_import
from . import exports, sheet_templates
from .downloads import annotated, template
from .pages import ImportIndexView, ImportView
from .steps import match_columns, mend_row, take_step


class ImportViewSet(ViewSet):
    """Imports in the main menu."""

    icon = "table"
    menu_label = gettext_lazy("Nhập dữ liệu")
    menu_order = 120
    add_to_admin_menu = True
    menu_item_class = shown_to(may_import)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", non_atomic_requests(ImportIndexView.as_view()), name="index"),  # files are copied while others write
            path("template/<slug:record_type>.<slug:ending>", template, name="template"),
            path("<int:pk>/", ImportView.as_view(), name="one"),
            path("<int:pk>/match/", match_columns, name="match"),
            path("<int:pk>/rows/<int:number>/", non_atomic_requests(mend_row), name="mend"),
            path("<int:pk>/copy/", annotated, name="copy"),
            path("<int:pk>/<slug:step>/", take_step, name="step"),
        ]


class ExportViewSet(ViewSet):
    """Exports: reached from the list of records and from the page of imports."""

    icon = "download"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", exports.ExportIndexView.as_view(), name="index"),
            path("sheet-template/", sheet_templates.SheetTemplateView.as_view(), name="sheet_template"),
            path("sheet-template/file/", sheet_templates.fetch_template, name="sheet_template_file"),
            path("<int:pk>/", exports.ExportView.as_view(), name="one"),
            path("<int:pk>/file/", exports.fetch, name="file"),
            path("<int:pk>/delete/", exports.delete, name="delete"),
            path("<int:pk>/<slug:step>/", exports.take_step, name="step"),
        ]
