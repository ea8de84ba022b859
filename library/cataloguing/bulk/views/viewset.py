"""The addresses of bulk edits."""

from typing import Any

from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from .pages import BulkEditIndexView, BulkEditView, take_step


class BulkEditViewSet(ViewSet):
    """Bulk edits that were begun."""

    icon = "edit"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", BulkEditIndexView.as_view(), name="index"),
            path("<int:pk>/", BulkEditView.as_view(), name="one"),
            path("<int:pk>/<slug:step>/", take_step, name="step"),
        ]
