"""When a festival comes, as its record tells it: the rule, the days that were entered, the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from library.calendars.edtf_dates import bounds
from library.calendars.rules import VN_LUNAR, DateRule

from ..profiles import profile
from ..profiles.values import stored_values

if TYPE_CHECKING:
    from ..models import Record

KIND = "festival"
YEARLY = "yearly"
FIELDS = frozenset({"calendar", "date_rule", "rule_text", "cycle", "occurrences"})  # of the profile: what tells the days


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the record tells of a festival's days. The rule is empty where the festival does not come every year: no day is guessed.

    ``words`` are the recorded words of the rule, in the language ``language``; ``numbers`` its numbers, said in the reader's language.
    ``calendar`` is the code of the calendar that its days follow. ``sources``: first entered day → who announced it.
    """

    rule: DateRule
    entered: tuple[tuple[date, date], ...]
    sources: dict[date, str]
    words: str
    language: str
    numbers: str
    calendar: str
    lunar_day: int | None

    @property
    def only_words(self) -> bool:
        """Whether no day follows from it and none was entered: the community chooses the day."""
        return bool(self.words) and not self.rule.dated and not self.entered


def festival_types() -> frozenset[str]:
    """The record types of festivals."""
    festival = profile(KIND)
    return frozenset({festival.code, *festival.serves})


def schedule(record: "Record") -> Schedule:
    """Reads the rule, the entered days and the words behind the details of a record."""
    values = stored_values(profile(record.record_type), record.details, FIELDS)
    rule = DateRule.of({"calendar": values.get("calendar"), **values.get("date_rule", {})})
    text = values.get("rule_text", {})
    yearly = values.get("cycle", YEARLY) == YEARLY
    times = list(_entered(values.get("occurrences", [])))
    return Schedule(
        rule=rule if yearly else DateRule(),
        entered=tuple((start, end) for start, end, _source in times),
        sources={start: source for start, _end, source in times if source},
        words=text.get("text") or str(rule),
        language=text.get("lang") or "vi",
        numbers=_numbers(rule, yearly),
        calendar=rule.calendar,
        lunar_day=rule.start_day if rule.calendar == VN_LUNAR else None,
    )


def _numbers(rule: DateRule, yearly: bool) -> str:
    if yearly or not rule.in_numbers:
        return rule.in_numbers
    return _("%(rule)s, không phải năm nào cũng mở") % {"rule": rule.in_numbers}


def _entered(items: Iterable[dict[str, Any]]) -> Iterable[tuple[date, date, str]]:
    """First day, last day and who announced them, of each time that has days."""
    for item in items:
        first, last = bounds(item["start"]) if item.get("start") else (None, None)
        if item.get("end"):
            last = bounds(item["end"])[1]
        if first and last:
            yield first, last, item.get("source") or ""
