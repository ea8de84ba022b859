"""Wagtail's reports, review panel and review mails, narrowed to the records and files that the person works with.

Wagtail checks rights on the model only; these views also check the office of each record.
"""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksView, WorkflowView
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from library.accounts.models import User
from library.accounts.scope import SCOPES, managed_people
from library.records.access.files import admin_assets
from library.records.access.permissions import has_any_right, records_with_any_right
from library.records.models import Record
from media_pipeline.models import Asset

from ..paging import HistoryPaginator


def _outside(queryset: QuerySet[Any], prefix: str = "") -> Q:
    """The condition for rows that point, by content type and key as text, to an object of the model outside the queryset."""
    keys = queryset.order_by().annotate(key=Cast("pk", output_field=CharField())).values("key")
    content_type = ContentType.objects.get_for_model(queryset.model)
    return Q(**{f"{prefix}content_type": content_type}) & ~Q(**{f"{prefix}object_id__in": keys})


class OfficeReportFilterSet(SiteHistoryReportFilterSet):
    """Filters by the people whom the person manages; Wagtail offers everybody who ever did something."""

    def get_user_choices(self) -> QuerySet[Any]:
        user = self.request.user
        people: QuerySet[Any] = super().get_user_choices()
        return people.filter(Q(pk__in=managed_people(user).values("pk")) | Q(pk=user.pk))


class OfficeLogEntriesView(LogEntriesView):
    """The history of the site, without the history of records, files, people and offices outside the person's own office."""

    filterset_class = OfficeReportFilterSet
    paginator_class = HistoryPaginator

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        user, entries = self.request.user, super().filter_queryset(queryset)
        if queryset.model is not ModelLogEntry:
            return entries
        files = admin_assets(user, Asset.objects.all())
        for inside in (records_with_any_right(user), files, *(scope(user) for scope in SCOPES.values())):
            entries = entries.exclude(_outside(inside))
        return entries


def _who_asked(request: HttpRequest) -> QuerySet[User]:
    """The people who asked for the reviews that the person may see."""
    reviews = WorkflowState.objects.exclude(_outside(records_with_any_right(request.user)))
    return User.objects.filter(pk__in=reviews.values("requested_by")).order_by("username")


class OfficeWorkflowFilterSet(WorkflowReportFilterSet):
    """Offers those who asked for these reviews; Wagtail offers whoever asked for any review."""

    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=_who_asked)

    class Meta(WorkflowReportFilterSet.Meta):
        pass


class OfficeWorkflowView(WorkflowView):
    """Reviews of the person's own records."""

    filterset_class = OfficeWorkflowFilterSet

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(_outside(records_with_any_right(self.request.user)))


class OfficeWorkflowTasksView(WorkflowTasksView):
    """Steps of reviews of the person's own records."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(_outside(records_with_any_right(self.request.user), "workflow_state__"))


class OfficeReviewPanel(WorkflowObjectsToModeratePanel):
    """The records of the person's own office that wait for this person's review. They stand before the counts of all work."""

    order = 18

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["states"] = [
            state for state in context["states"] if not isinstance(state["obj"], Record) or has_any_right(user, state["obj"])
        ]
        return context


class OfficeReviewMail(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Sends mail to the reviewers of the record's own office, not to the reviewers of every office."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> Any:
        users, record = super().get_recipient_users(task_state, **kwargs).distinct(), task_state.workflow_state.content_object
        if not isinstance(record, Record):
            return users
        return users.filter(pk__in=[user.pk for user in users if has_any_right(user, record)])


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
]
