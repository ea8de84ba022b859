"""By when a review is decided and a returned record is mended: working days after the day on which it came."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from library.calendars.working_days import after_working_days, working_days_between


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day and what it means today. ``urgency``: ``late``, ``soon`` (today or the next working day) or empty."""

    day: date
    urgency: str
    words: str


def due_date(start: date) -> date:
    """The day by which what came on the day ``start`` is to be done (setting REVIEW_DAYS, working days)."""
    return after_working_days(start, settings.REVIEW_DAYS)


def told(day: date, today: date | None = None) -> DueDate:
    """The due date in words, as of today. Only working days count."""
    today = today or localdate()
    if day < today:
        return DueDate(day, "late", _("Quá hạn %(number)d ngày") % {"number": max(working_days_between(day, today), 1)})
    if day == today:
        return DueDate(day, "soon", _("Hạn hôm nay"))
    left = working_days_between(today, day)
    words = {"day": date_format(day, "j/n"), "left": left}
    return DueDate(day, "soon" if left <= 1 else "", _("Hạn %(day)s, còn %(left)d ngày làm việc") % words)
