"""The preview and the result as the page shows them: the equation of records, and each record before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from background.leases import seconds_left
from library.access import Viewer
from library.frame.time_left import time_left_in_words
from library.records.access.permissions import records_with_any_right

from ..actions.carry_out import CHANGED, REFUSED
from ..actions.work import expected
from ..changes.change import Change, Json
from ..changes.table import change_of
from ..models import BulkEdit, EditedRecord, Outcome

ROWS_SHOWN = 25
KEPT = "kept"  # what an undo did not give back
VIEWS = {
    Outcome.CHANGE.value: gettext_lazy("Đổi"),
    Outcome.REFUSE.value: gettext_lazy("Không đổi được"),
    Outcome.SAME.value: gettext_lazy("Giữ nguyên"),
    KEPT: gettext_lazy("Không hoàn tác được"),
}


@dataclass(frozen=True, slots=True)
class Title:
    """A bulk edit in a few words: what is changed, and to what."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One record. ``key`` is None and the title says so where the person may not see it."""

    number: int
    key: int | None
    title: str
    before: str
    after: str
    reason: str


def title_of(job: BulkEdit, viewer: Viewer) -> Title:
    """Its change in words; a change that is no longer in any profile has its code."""
    change = change_of(job.change)
    if change is None:
        return Title(job.change, "")
    what = f"{change.heading}: {change.label}" if change.record_type else str(change.label)
    return Title(what[:1].upper() + what[1:], change.said(job.value, viewer))


def equation(job: BulkEdit) -> list[tuple[int, str, str]]:
    """(number, words, outcome): all records, and what becomes of them; the first is the sum of the others."""
    counts = job.counts()
    return [(job.total, _("tư liệu đã chọn"), "total"), *((counts[each], str(each.label), each.value) for each in Outcome)]


def rows_of(job: BulkEdit, view: str) -> Any:
    """The rows of one view."""
    if view == KEPT:
        return job.records.filter(undone__in=(CHANGED, REFUSED))
    return job.records.filter(outcome=view)


def lines_of(job: BulkEdit, rows: Iterable[EditedRecord], user: Any) -> list[Line]:
    """The rows in words. A record that the person has no right on any more has no name here, and no values."""
    rows = list(rows)
    change = change_of(job.change)
    known = records_with_any_right(user).in_bulk([row.record_id for row in rows if row.record_id])
    words = _Words(change, user.viewer)
    return [_line(row, known.get(row.record_id or 0), words) for row in rows]


def _line(row: EditedRecord, record: Any, words: "_Words") -> Line:
    if record is None:
        return Line(row.number, None, _("(tư liệu không mở cho bạn)"), "", "", row.reason)
    before, after = (words.of(row.before), words.of(row.after)) if row.outcome == Outcome.CHANGE else ("", "")
    reason = _("đã có người sửa thêm") if row.undone == CHANGED else row.reason
    return Line(row.number, record.pk, record.title, before, after, reason)


class _Words:
    """The words of values; many records have the same ones, which are read once."""

    def __init__(self, change: Change | None, viewer: Viewer) -> None:
        self.change, self.viewer = change, viewer
        self._known: dict[str, str] = {}

    def of(self, value: Json) -> str:
        key = DjangoJSONEncoder(sort_keys=True).encode(value)
        if key not in self._known and self.change is not None:
            self._known[key] = self.change.words(value, self.viewer)
        return self._known.get(key, "")


def progress(job: BulkEdit) -> dict[str, Any]:
    """How far the step is: records done, of how many, in hundredths, and the time left."""
    whole = max(expected(job), job.done)
    left = time_left_in_words(seconds_left(job, whole))
    return {"done": job.done, "whole": whole, "percent": 100 * job.done // whole if whole else 0, "left": left}
