"""Festivals as a file for the calendar of a reader's telephone: days that are computed or entered, never those that are about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.calendars.rules import Occurrence, lunar_day_or_none
from library.metadata.calendar_file import CalendarDays
from media_pipeline.text.cleaning import clean

from .days import coming_festival

if TYPE_CHECKING:
    from library.records.models import Record


def calendar_days(festivals: Mapping[int, "Record"], times: Iterable[tuple[int, Occurrence]], site: str) -> Iterable[CalendarDays]:
    """The times of the festivals in the reader's language. ``site``: scheme and host before the address of a page.

    The key of a time counts the times of a festival within a year, so a day that is entered takes the place of the computed one.
    """
    within_year: Counter[tuple[int, int]] = Counter()
    for pk, occurrence in times:
        within_year[pk, occurrence.start.year] += 1
        if pk in festivals:
            yield _days(festivals[pk], occurrence, within_year[pk, occurrence.start.year], site)


def _days(record: "Record", occurrence: Occurrence, number: int, site: str) -> CalendarDays:
    festival = coming_festival(record, occurrence)
    title = festival.line.title
    return CalendarDays(
        key=f"{record.identifier}-{occurrence.start.year}-{number}",
        start=occurrence.start,
        end=occurrence.end,
        title=clean(title.plain),
        language=title.language or get_language() or "vi",
        place=festival.line.places,
        description=clean("\n".join(_lines(festival.line.groups_and_places, festival.rule.plain, occurrence))),
        url=f"{site}{festival.line.url}",
        changed=record.last_published_at or _beginning(record),
    )


def _lines(whose: str, rule: str, occurrence: Occurrence) -> Iterable[str]:
    lunar = lunar_day_or_none(occurrence.start)
    yield from filter(None, (whose, rule))
    if lunar:
        yield _("Ngày đầu: %(day)s năm %(year)s âm lịch.") % {"day": lunar, "year": lunar.year_name}
    yield _("Nếu bản làng giữ ngày khác, lời của bản làng là đúng.")


def _beginning(record: "Record") -> datetime:
    return record.first_published_at or timezone.now()
