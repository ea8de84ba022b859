"""Says a date back in whole words, so that its writer sees what was understood; and writes a stored date as people type it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..edtf_dates import span, wording
from .reading import WrittenDate, read_date


def said_back(written: WrittenDate) -> str:
    """``Ngày 12 tháng 3 năm 2025``; for a lunar date also its day in our calendar."""
    solar = wording(written.edtf, long=True)
    if not written.lunar_words:
        return str(capfirst(solar))
    words = {"lunar": written.lunar_words, "solar": solar}
    return str(capfirst(_("%(lunar)s, tức %(solar)s dương lịch") % words))


def as_typed(edtf: str) -> str:
    """The stored date in the words that are read as the same date; the text itself where there are none."""
    try:
        span(edtf)
        words = wording(edtf)
        return words if read_date(words).edtf == edtf else edtf
    except ValueError:  # no EDTF: what somebody is typing
        return edtf
