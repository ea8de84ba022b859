"""The rows of dates: a lunar date keeps its words and names its calendar; and the view that says back what was typed."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.calendars.rules import NUMBERS, VN_LUNAR, DateRule, Occurrence, errors, next_occurrences
from library.calendars.written.reading import read_date
from library.calendars.written.rule_words import rule_of_words
from library.calendars.written.said import said_back
from library.calendars.written.text import LONGEST, UnclearDateError
from library.records.written_dates import EXAMPLES, WrittenDateField
from library.vocabularies.merges import find_term

from .rows import RowForm

NEXT = 3  # times that follow from a rule, shown under it


class DateRowForm(RowForm):
    """A date of the record, in people's words."""

    edtf = WrittenDateField(required=False, label=gettext_lazy("Thời gian"), help_text=EXAMPLES)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "edtf" in self.changed_data and cleaned.get("edtf"):
            self._follow_calendar(cleaned, self.data.get(self.add_prefix("edtf"), "").strip())
        return cleaned

    def _follow_calendar(self, cleaned: dict[str, Any], typed: str) -> None:
        """Keeps the words of a lunar date. Asks by which calendar a date is where the row says lunar and the date does not."""
        written = read_date(typed)
        calendar = cleaned.get("calendar")
        if written.lunar_words:
            cleaned["wording"] = cleaned.get("wording") or typed
            cleaned["calendar"] = calendar or find_term("calendars", VN_LUNAR)
        elif calendar and calendar.code == VN_LUNAR and "-" in written.edtf.lstrip("-") and not written.calendar_said:
            question = _("Ngày này là âm lịch hay dương lịch? Xin viết rõ: “%(date)s âm lịch” hay “%(date)s dương lịch”.")
            self.add_error("edtf", ValidationError(question % {"date": typed}))


@require_safe
def read_written_date(request: HttpRequest) -> JsonResponse:
    """What a typed date means, in words; or what is not clear, with ways to write it. For staff only (the address is inside the admin)."""
    typed = request.GET.get("q", "")[: LONGEST + 1]
    try:
        return JsonResponse({"said": said_back(read_date(typed)), "choices": []})
    except UnclearDateError as error:
        return JsonResponse({"said": "", "question": error.sentence, "choices": error.choices})


@require_safe
def read_date_rule(request: HttpRequest) -> JsonResponse:
    """What the numbers of a date rule mean, in words, with the next three times; or what is wrong. For staff only, as above."""
    typed = {name: request.GET.get(name, "")[:LONGEST] for name in ("calendar", *NUMBERS, "around", "words")}
    if typed["words"] and not any(typed[name] for name in NUMBERS):
        return JsonResponse({"said": "", "question": "", "next": [], "proposal": _proposal(typed["words"])})
    typed["words"] = ""  # said back are the numbers
    numbers = {name: int(typed[name]) if typed[name].isdecimal() and len(typed[name]) < 4 else None for name in NUMBERS}
    wrong = any(typed[name] and numbers[name] is None for name in NUMBERS)
    rule = DateRule.of(typed | numbers)
    messages = [_("Ngày và tháng ghi bằng số.")] if wrong else list(errors(rule).values())
    if messages:
        return JsonResponse({"said": "", "question": " ".join(messages), "next": []})
    times = next_occurrences(rule, timezone.localdate(), NEXT)
    return JsonResponse({"said": str(capfirst(str(rule))), "question": "", "next": [_in_words(time) for time in times]})


def _proposal(words: str) -> dict[str, Any] | None:
    """The numbers that the words of a rule name, for a button that fills them in; None where they name no day."""
    rule = rule_of_words(words)
    if rule is None or errors(replace(rule, calendar=rule.calendar or VN_LUNAR)):
        return None
    return {"said": str(rule), "numbers": {name: getattr(rule, name) or "" for name in NUMBERS}, "calendar": rule.calendar}


def _in_words(time: Occurrence) -> str:
    """The days of one time; a single day stands alone."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (time.start, time.end))
    return first if first == last else f"{first} – {last}"
