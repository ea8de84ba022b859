"""What the library adds to the admin for records: list and forms, verbs and their log words, the panels of the first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState
from wagtail.signals import task_submitted
from wagtail.snippets.models import register_snippet

from library.records.models import Record

from .forms.pickers import pick
from .review.dashboard import WorkPanel
from .review.reports import OfficeReviewMail, OfficeReviewPanel
from .views.bulk import DeleteDrafts
from .views.viewset import RecordViewSet
from .views.withdrawal import WithdrawMenuItem, restore_record, withdraw_record

register_snippet(RecordViewSet)
hooks.register("register_bulk_action", DeleteDrafts, order=1)  # after Wagtail's own for all snippets, whose place it takes


@hooks.register("register_snippet_action_menu_item")
def register_withdraw_item(model: type) -> WithdrawMenuItem | None:
    """Records alone can be withdrawn."""
    return WithdrawMenuItem(order=90) if model is Record else None


@hooks.register("register_admin_urls")
def register_record_urls() -> list[Any]:
    """The list under the typing of AuthorityPicker, and the two questions of withdrawal."""
    return [
        path("authorities/<slug:kind>/", pick, name="pick_authority"),
        path("records/<int:pk>/withdraw/", withdraw_record, name="withdraw_record"),
        path("records/<int:pk>/restore/", restore_record, name="restore_record"),
    ]


@hooks.register("register_log_actions")
def register_record_actions(actions: Any) -> None:
    """The audit log's words for the verbs that Wagtail does not have."""
    actions.register_action("records.withdraw", _("Gỡ xuống"), _("Đã gỡ xuống"))
    actions.register_action("records.restore", _("Đưa trở lại"), _("Đã đưa trở lại làm bản nháp"))


@hooks.register("construct_homepage_panels")
def show_own_work(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for the person, and the panel of work to review without that of other offices."""
    panels[:] = [OfficeReviewPanel() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels]
    panels.append(WorkPanel())


MAIL_OF_REVIEWS = "group_approval_task_submitted_email_notification"  # under which Wagtail connects its own
task_submitted.disconnect(sender=TaskState, dispatch_uid=MAIL_OF_REVIEWS)
review_mail = OfficeReviewMail()
task_submitted.connect(review_mail, sender=TaskState, dispatch_uid=MAIL_OF_REVIEWS)
