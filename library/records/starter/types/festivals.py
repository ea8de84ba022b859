"""Festivals: the date rule always in words, and in numbers where the file has them."""

import unicodedata
from typing import Any

from library.vocabularies.loading.rows import Row

from ..drafts import ALL_GROUPS, UNDETERMINED, Draft, Lookups, described, ml, names
from .heritage import domains_of

CYCLES = {
    "hằng năm": "yearly",
    "hằng năm, có kỳ lớn": "yearly",
    "hai năm một lần": "two_yearly",
    "3-5 năm một lần": "some_years",
    "vài năm một lần": "some_years",
    "nhiều năm một lần": "some_years",
    "theo dòng họ, vài năm một lần": "family",
    "theo gia đình": "family",
    "theo thầy máy": "irregular",
    "theo thầy then": "irregular",
    "không cố định": "irregular",
    "không đều, tùy xã": "irregular",
}
ONLY_ABOUT = ("khoảng", "thường", "tùy", "cuối tháng", "đầu tháng")  # with these words the numbers are only approximate
FESTIVAL_KIND = "le-hoi"
NATIONAL = "national"


def festival_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one festival. The file does not say who may attend, so that is stored as unknown."""
    words = row.required("rule_text_vi")
    calendar = row.meaning("calendar", row.required("calendar"), lookups.terms("calendars")).code
    details = {
        "calendar": calendar,
        "date_rule": _rule(row, calendar, words),
        "rule_text": ml(words),
        "cycle": row.meaning("frequency", row.required("frequency"), CYCLES),
        "attendance": {"rule": "unknown", "visitor_note": ml("")},
    } | ({"scale": NATIONAL} if row.text("group_codes") == ALL_GROUPS else {})
    return Draft(
        record_type="festival",
        details=details,
        unesco_domains=domains_of(lookups.terms("vn_ich_categories")[FESTIVAL_KIND], lookups),
        texts=names(row, "vernacular_name", _language(row)),
        **described(row, lookups),
    )


def _rule(row: Row, calendar: str, words: str) -> dict[str, Any]:
    numbers = {name: row.integer(name) for name in ("start_month", "start_day", "end_month", "end_day")}
    return {"calendar": calendar, **numbers, "around": any(word in words for word in ONLY_ABOUT), "words": words}


def _language(row: Row) -> str:
    """The language tag of the vernacular name. Khmer is recognised by its script; for other names the file does not give the language."""
    khmer_script = any(unicodedata.name(letter, "").startswith("KHMER") for letter in row.text("vernacular_name"))
    return "km-Khmr" if khmer_script else UNDETERMINED
