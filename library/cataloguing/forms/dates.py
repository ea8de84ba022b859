"""The rows of dates: a lunar date keeps its words and names its calendar; and the view that says back what was typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library.calendars.rules import VN_LUNAR
from library.calendars.written.reading import read_date
from library.calendars.written.said import said_back
from library.calendars.written.text import LONGEST, UnclearDateError
from library.records.written_dates import EXAMPLES, WrittenDateField
from library.vocabularies.models import Term

from .rows import RowForm


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
            cleaned["calendar"] = calendar or Term.objects.filter(vocabulary__code="calendars", code=VN_LUNAR).first()
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
