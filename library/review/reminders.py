"""The daily letter about overdue reviews: one to each reviewer of an office, on working days only."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import TaskState

from library.accounts.admin_language import language_of
from library.calendars.working_days import is_working_day

from .due_dates import told
from .letters import send, wants
from .models import ReviewStep
from .routing import reviewers_of
from .rules import may_decide, own_text


def remind_of_overdue() -> bool:
    """Writes to everybody for whom something is overdue. Returns whether a letter went out."""
    today = localdate()
    if not is_working_day(today):
        return False
    late = ReviewStep.objects.filter(status=TaskState.STATUS_IN_PROGRESS, due_on__lt=today)
    offices = {step.office_id: step.office for step in late.select_related("office")}
    people = [person for office in offices.values() for person in reviewers_of(office).select_related("office", "wagtail_userprofile")]
    written = [_remind(person, late) for person in people if wants(person, "waiting")]
    return any(written)


def _remind(person: Any, late: Any) -> bool:
    """Whether something was overdue for this person, and was written."""
    steps = late.filter(office=person.office_id).select_related("record__office", "record__latest_revision", "office", "workflow_state")
    own = [step for step in steps.order_by("due_on", "pk") if may_decide(person, step) and not own_text(person, step)]
    if not own:
        return False
    with override(language_of(person)):
        context = {"steps": [(step, told(step.due_on)) for step in own], "url": settings.SITE_URL + reverse("my_work")}
        subject = _("Duyệt quá hạn: %(number)d tư liệu") % {"number": len(own)}
        send(person, subject, render_to_string("cataloguing/review/reminder.txt", context))
    return True
