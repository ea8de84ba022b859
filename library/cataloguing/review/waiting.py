"""The reviews that wait for a person, on the first page of the admin: the oldest of them, and the way to all."""

from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Revision, TaskState

from library.records.access.permissions import records_with_any_right
from library.records.models import Record

from .scope import without_those_outside

MOST_SHOWN = 10


class OfficeReviewPanel(WorkflowObjectsToModeratePanel):
    """The records of the person's own office that wait for this person's review; before the counts of all work.

    Wagtail shows those of every office, and all at once.
    """

    order = 18
    template_name = "cataloguing/waiting.html"

    def get_context_data(self, parent_context: Any) -> Any:
        request = parent_context["request"]
        states = list(_waiting_for(request.user)[: MOST_SHOWN + 1])
        prefetch_related_objects([each.revision.content_object for each in states if _is_record(each)], "office")
        rows = [self._row(each, request.user) for each in states[:MOST_SHOWN] if each.revision.content_object]
        return {"states": rows, "more": len(states) > MOST_SHOWN, "request": request, "csrf_token": parent_context["csrf_token"]}

    def _row(self, state: TaskState, user: Any) -> dict[str, Any]:
        """What Wagtail's template shows of one review."""
        about = state.revision.content_object
        names = about.snippet_viewset.get_url_name if _is_record(state) else "wagtailadmin_pages:{}".format
        return {
            "obj": about,
            "revision": state.revision,
            "previous_revision_id": state.previous_revision_id,
            "live_revision_id": about.live_revision_id,
            "task_state": state,
            "actions": state.task.specific.get_actions(about, user),
            "workflow_tasks": state.workflow_state.all_tasks_with_status(),
            "workflow_action_url_name": names("workflow_action"),
            "workflow_preview_url_name": names("workflow_preview"),
            "revisions_compare_url_name": names("revisions_compare"),
        }


def _waiting_for(user: Any) -> QuerySet[TaskState]:
    """The reviews that the person may decide, the oldest first."""
    states = without_those_outside(TaskState.objects.reviewable_by(user), records_with_any_right(user), "workflow_state__")
    return (
        states.select_related("revision__user", "workflow_state__workflow", "task")
        .prefetch_related("revision__content_object__latest_revision")
        .annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
        .order_by("started_at", "pk")
    )


def _is_record(state: TaskState) -> bool:
    return isinstance(state.revision.content_object, Record)
