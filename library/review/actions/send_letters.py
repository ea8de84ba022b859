"""The verb that sends the letters that wait: one letter to a person about one matter, however many records it names."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import ngettext, override
from wagtail.models import TaskState

from library.accounts.admin_language import language_of
from library.accounts.models import User
from library.records.access.permissions import has_any_right

from ..due_dates import due_date, told
from ..letters import SUBJECTS, send, wants
from ..models import PendingLetter
from ..rules import may_decide, own_text

QUIET = timedelta(minutes=1)  # so long nothing new may have come for a letter: a bulk edit sends its records one after the other
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=7)  # a letter that no mail server took
MOST_NAMED = 50  # records in one letter

About = PendingLetter.About


def send_letters(quiet: timedelta = QUIET) -> bool:
    """Sends what has waited long enough. A row goes when its letter is sent, so a mail server that is away loses none for a week.

    Returns whether a letter was done.
    """
    now = timezone.now()
    PendingLetter.objects.filter(created_at__lt=now - FORGOTTEN_AFTER).delete()
    groups = PendingLetter.objects.order_by().values("person", "about").annotate(first=Min("created_at"), last=Max("created_at"))
    ready = groups.filter(Q(last__lte=now - quiet) | Q(first__lte=now - LONGEST_WAIT))
    done = False
    for group in ready:
        if not _send(User.objects.get(pk=group["person"]), group["about"]):
            break  # the mail server is away: the next run tries again
        done = True
    return done


def _send(person: User, about: str) -> bool:
    """One letter with all that waits for this person about this matter, without what has become untrue. Returns whether it is done."""
    rows = list(PendingLetter.objects.filter(person=person, about=about).order_by("pk").select_related(*_READ))
    newest = {row.step.record_id: row for row in rows if _still_true(row, person)}
    lines = list(newest.values()) if wants(person, about) else []
    if lines and not _post(person, about, lines):
        return False
    PendingLetter.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return True


_READ = ("step__record__office", "step__record__latest_revision", "step__office", "step__workflow_state")


def _still_true(row: PendingLetter, person: User) -> bool:
    """Whether the person may still know of the record; for a decision that is asked for, also whether it is still hers to decide."""
    step = row.step
    if not has_any_right(person, step.record):
        return False
    if row.about != About.WAITING:
        return True
    open_here = step.status == TaskState.STATUS_IN_PROGRESS and step.office_id == person.office_id
    return open_here and may_decide(person, step) and not own_text(person, step)


def _post(person: User, about: str, rows: list[PendingLetter]) -> bool:
    with override(language_of(person)):
        first = rows[0].step.record.title
        many = ngettext("%(number)d tư liệu", "%(number)d tư liệu", len(rows)) % {"number": len(rows)}
        context = {
            "about": about,
            "office": rows[0].step.office,
            "lines": list(_lines(rows[:MOST_NAMED])),
            "number": len(rows),
            "more": max(0, len(rows) - MOST_NAMED),
            "my_work": settings.SITE_URL + reverse("my_work"),
        }
        text = render_to_string("cataloguing/review/letter.txt", context)
        return send(person, str(SUBJECTS[about][0]) % {"title": first if len(rows) == 1 else many}, text)


def _lines(rows: list[PendingLetter]) -> Iterator[dict[str, Any]]:
    """What the letter says of each record: title, reason, due (DueDate or None), url."""
    for row in rows:
        step, record = row.step, row.step.record
        due = step.due_on if row.about == About.WAITING else None
        if row.about == About.RETURNED and step.finished_at:
            due = due_date(localtime(step.finished_at).date())
        yield {"title": record.title, "reason": step.comment, "due": told(due) if due else None, "url": settings.SITE_URL + _address(row)}


def _address(row: PendingLetter) -> str:
    record = row.step.record
    if row.about == About.WAITING:
        return reverse("review_record", args=[record.pk])
    if row.about == About.PUBLISHED and record.live:
        return reverse("record", args=[record.identifier])
    return reverse("wagtailsnippets_records_record:edit", args=[record.pk])
