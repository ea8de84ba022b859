"""The action "export" on records that are ticked in the list: it leads to the page of exports, which asks for the format."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from library.records.models import Record

ALL = "all"


class ExportRecords(SnippetBulkAction):
    """Exports what is ticked; with all pages ticked, what the list shows with its filters."""

    models = [Record]
    display_name = gettext_lazy("Xuất")
    action_type = "export"
    aria_label = gettext_lazy("Xuất các tư liệu đã chọn")
    action_priority = 10

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        keys = request.GET.getlist("id")
        query = urlsplit(self.next_url).query if ALL in keys else urlencode([("id", key) for key in keys])
        return redirect(f"{reverse('exports:index')}?{query}")
