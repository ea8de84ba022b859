"""When a festival comes, as its record tells it: the rule, the days that were entered, the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from library.calendars.edtf_dates import bounds
from library.calendars.rules import VN_LUNAR, DateRule, Occurrence, next_occurrences
from library.records.profiles import profile
from library.records.profiles.values import stored_values

from ..wording import Wording, foreign

if TYPE_CHECKING:
    from library.records.models import Record

YEARLY = "yearly"
Entered = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the record tells of a festival's days. The rule is empty where the festival does not come every year: no day is guessed."""

    rule: DateRule
    entered: Entered
    words: Wording
    lunar_day: int | None

    def upcoming(self, after: date, count: int = 1) -> tuple[Occurrence, ...]:
        """The next occurrences that end on or after a day."""
        return _upcoming(self.rule, after, count, self.entered)


@lru_cache(maxsize=4096)
def _upcoming(rule: DateRule, after: date, count: int, entered: Entered) -> tuple[Occurrence, ...]:
    """Cached, since all pages of one day need the same occurrences."""
    return tuple(next_occurrences(rule, after, count, entered))


def schedule(record: "Record") -> Schedule:
    """Reads the rule, the entered days and the words behind the details of a record."""
    values = stored_values(profile(record.record_type), record.details)
    rule = DateRule.of({"calendar": values.get("calendar"), **values.get("date_rule", {})})
    text = values.get("rule_text", {})
    words = foreign(text.get("text") or str(rule), text.get("lang") or "vi")
    lunar_day = rule.start_day if rule.calendar == VN_LUNAR else None
    yearly = values.get("cycle", YEARLY) == YEARLY
    return Schedule(rule if yearly else DateRule(), tuple(_entered(values.get("occurrences", []))), words, lunar_day)


def _entered(items: Iterable[dict[str, Any]]) -> Iterable[tuple[date, date]]:
    for item in items:
        first, last = bounds(item["start"]) if item.get("start") else (None, None)
        if item.get("end"):
            last = bounds(item["end"])[1]
        if first and last:
            yield first, last
