"""Wagtail's reports, its panel of work to review and its mails, narrowed to what the person works with: they ask about models alone."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.models import ModelLogEntry, TaskState
from wagtail.permissions import policy_registry

from library.records.access.files import desk_assets
from library.records.models import Record
from media_pipeline.models import Asset

ANY_ACTION = ("change", "delete", "publish", "lock", "unlock", "withdraw")


def records_of(user: Any) -> QuerySet[Record]:
    """The records on which the person has any right."""
    policy: Any = policy_registry.get_by_type(Record)
    records: QuerySet[Record] = policy.instances_user_has_any_permission_for(user, ANY_ACTION)
    return records


def _foreign(user: Any, things: QuerySet[Any], prefix: str = "") -> Q:
    """Rows that point by content type and key, as text, to a thing of the model that is not among ``things``."""
    keys = things.order_by().annotate(key=Cast("pk", output_field=CharField())).values("key")
    kind = ContentType.objects.get_for_model(things.model)
    return Q(**{f"{prefix}content_type": kind}) & ~Q(**{f"{prefix}object_id__in": keys})


class OfficeLogEntriesView(LogEntriesView):
    """The history of the site without that of other offices' records and files."""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        user, found = self.request.user, super().filter_queryset(queryset)
        if queryset.model is not ModelLogEntry:
            return found
        return found.exclude(_foreign(user, records_of(user))).exclude(_foreign(user, desk_assets(user, Asset.objects.all())))


class OfficeWorkflowView(WorkflowView):
    """Reviews of the person's own records."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(_foreign(self.request.user, records_of(self.request.user)))


class OfficeWorkflowTasksView(WorkflowTasksView):
    """Steps of reviews of the person's own records."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().exclude(_foreign(self.request.user, records_of(self.request.user), "workflow_state__"))


class OfficeReviewPanel(WorkflowObjectsToModeratePanel):
    """What waits for a review by the person, of the person's own office."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        policy: Any = policy_registry.get_by_type(Record)
        user = parent_context["request"].user
        context["states"] = [
            state
            for state in context["states"]
            if not isinstance(state["obj"], Record) or policy.user_has_any_permission_for_instance(user, ANY_ACTION, state["obj"])
        ]
        return context


class OfficeReviewMail(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells the reviewers in charge of the record, not those of every office."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> Any:
        users, thing = super().get_recipient_users(task_state, **kwargs).distinct(), task_state.workflow_state.content_object
        if not isinstance(thing, Record):
            return users
        policy: Any = policy_registry.get_by_type(Record)
        return users.filter(pk__in=[user.pk for user in users if policy.user_has_any_permission_for_instance(user, ANY_ACTION, thing)])


def _both(address: str, view: type) -> list[Any]:
    """A report and its list, in the place of Wagtail's own addresses, which keep their names."""
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
