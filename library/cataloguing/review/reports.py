"""Wagtail's reports, narrowed to the records and files that the person works with; the history of the site is the audit log.

Wagtail checks rights on the model only; these views also check the office of each record.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import django_filters
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet, get_users_for_filter
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksView, WorkflowView
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, WorkflowState
from wagtail.permissions import policy_registry

from library.accounts.audit.addresses import address_of_entries
from library.accounts.models import User
from library.accounts.scope import MANAGE_PEOPLE, SCOPES, managed_people
from library.records.access.files import admin_assets
from library.records.access.permissions import records_with_any_right
from library.records.models import Record
from media_pipeline.models import Asset

from ..paging import HistoryPaginator
from .scope import without_those_outside

Row = TypeVar("Row")
REVIEWS_SHOWN = 20  # each asks for its own steps
LINES_SHOWN = 25  # a line with its menu costs a millisecond


class OfficeReportFilterSet(SiteHistoryReportFilterSet):
    """Filters by the people whom the person manages; Wagtail offers everybody who ever did something."""

    def get_users_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        people: QuerySet[Any] = get_users_for_filter(user)
        return people.filter(Q(pk__in=managed_people(user).values("pk")) | Q(pk=user.pk))


class OfficeLogEntriesView(LogEntriesView):
    """The audit log: who changed what, when and from which network address, as far as the person's own office goes.

    Without the history of records, files, people and offices outside it. Addresses are personal data: shown to who manages people.
    """

    filterset_class = OfficeReportFilterSet
    paginator_class = HistoryPaginator
    paginate_by = LINES_SHOWN
    export_headings = LogEntriesView.export_headings | {"where_from": gettext_lazy("Địa chỉ mạng")}

    @cached_property
    def list_export(self) -> list[str]:
        return [*LogEntriesView.list_export, "where_from"] if self.with_addresses else LogEntriesView.list_export

    @cached_property
    def with_addresses(self) -> bool:
        """Whether the person sees network addresses."""
        return bool(self.request.user.has_perm(MANAGE_PEOPLE))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "with_addresses": self.with_addresses}

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        user, entries = self.request.user, super().filter_queryset(queryset)
        if queryset.model is not ModelLogEntry:
            return entries
        files = admin_assets(user, Asset.objects.all())
        for inside in (records_with_any_right(user), files, *(scope(user) for scope in SCOPES.values())):
            entries = without_those_outside(entries, inside)
        return entries

    def decorate_paginated_queryset(self, queryset: Any) -> list[Any]:
        """The entries of a page with the addresses of what they are about; Wagtail's own asks for the office of each record by itself."""
        rows, entries = list(queryset), {}
        for number, model in enumerate(self.log_models):
            own = model.objects.filter(pk__in=[row["pk"] for row in rows if row["log_model_index"] == number])
            found = list(own.prefetch_related("user__wagtail_userprofile", "content_type").with_instances())
            came_from = address_of_entries(model, [entry.pk for entry, _about in found]) if self.with_addresses else {}
            for entry, about in _with_offices(found, lambda pair: pair[1]):
                entry.edit_url = self._addresses.get_edit_url(about)
                entry.where_from = came_from.get(entry.pk, "")
                entries[number, entry.pk] = entry
        return [entries[row["log_model_index"], row["pk"]] for row in rows]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        """Who took the log away stands in the log."""
        log(self.request.user, "accounts.export_log", user=self.request.user, data={"lines": len(queryset)})
        return super().as_spreadsheet(queryset, spreadsheet_format)

    @cached_property
    def _addresses(self) -> AdminURLFinder:
        return AdminURLFinder(self.request.user)


def _who_asked(request: HttpRequest) -> QuerySet[User]:
    """The people who asked for the reviews that the person may see."""
    reviews = without_those_outside(WorkflowState.objects.all(), records_with_any_right(request.user))
    return User.objects.filter(pk__in=reviews.values("requested_by")).order_by("username")


class OfficeWorkflowFilterSet(WorkflowReportFilterSet):
    """Offers those who asked for these reviews; Wagtail offers whoever asked for any review."""

    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=_who_asked)

    class Meta(WorkflowReportFilterSet.Meta):
        pass


class OfficeWorkflowView(WorkflowView):
    """Reviews of the person's own records."""

    filterset_class = OfficeWorkflowFilterSet

    paginate_by = REVIEWS_SHOWN

    def get_queryset(self) -> QuerySet[Any]:
        return without_those_outside(super().get_queryset(), records_with_any_right(self.request.user))

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        return _with_offices(super().decorate_paginated_queryset(object_list), lambda review: review.content_object)


class OfficeWorkflowTasksView(WorkflowTasksView):
    """Steps of reviews of the person's own records."""

    paginate_by = REVIEWS_SHOWN

    def get_queryset(self) -> QuerySet[Any]:
        return without_those_outside(super().get_queryset(), records_with_any_right(self.request.user), "workflow_state__")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Any]:
        return _with_offices(super().decorate_paginated_queryset(object_list), lambda step: step.workflow_state.content_object)


class OfficePageTypesView(PageTypesUsageReportView):
    """The kinds of pages; the page that was edited last is named to whoever finds it in the list of pages, too."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        rows = super().decorate_paginated_queryset(page_types)
        known = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        names = set(known.filter(pk__in=[row.last_edited_page_id for row in rows]).values_list("pk", flat=True))
        for row in rows:
            row.last_edited_page = row.last_edited_page if row.last_edited_page_id in names else None
        return rows


def _with_offices(rows: list[Row], about: Callable[[Row], Any]) -> list[Row]:
    """The rows of a page, the offices of all the records that they are about fetched at once: the right to each record asks for it."""
    prefetch_related_objects([thing for thing in map(about, rows) if isinstance(thing, Record)], "office")
    return rows


def _both(address: str, view: type) -> list[Any]:
    """A report and its result list at Wagtail's own addresses. They are unnamed: the names still belong to Wagtail's routes."""
    page, results = view.as_view(), view.as_view(results_only=True)  # type: ignore[attr-defined]
    return [
        path(f"reports/{address}/", never_cache(require_admin_access(page))),
        path(f"reports/{address}/results/", never_cache(require_admin_access(results))),
    ]


urlpatterns = [
    *_both("site-history", OfficeLogEntriesView),
    *_both("workflow", OfficeWorkflowView),
    *_both("workflow_tasks", OfficeWorkflowTasksView),
    *_both("page-types-usage", OfficePageTypesView),
]
