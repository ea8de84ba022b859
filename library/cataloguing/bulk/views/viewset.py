"""The addresses of bulk edits and their item among the reports."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from ..access import may_edit_in_bulk
from .pages import BulkEditIndexView, BulkEditView, take_step


class BulkEditMenuItem(MenuItem):
    """The menu item, for whoever may change records."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_in_bulk(request.user)


class BulkEditViewSet(ViewSet):
    """Bulk edits that were begun."""

    icon = "edit"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", BulkEditIndexView.as_view(), name="index"),
            path("<int:pk>/", BulkEditView.as_view(), name="one"),
            path("<int:pk>/<slug:step>/", take_step, name="step"),
        ]
