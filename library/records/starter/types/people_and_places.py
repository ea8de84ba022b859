"""People of the past, and places. No row tells of a person who may be living."""

from typing import Any

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, ml, names

#: How the name of a place begins → its kind. What begins otherwise is a relic.
KINDS = {
    "Bảo tàng": "museum",
    "Chợ": "market",
    "Làng": "hamlet",
    "Buôn": "hamlet",
    "Bản": "hamlet",
    "Ao": "natural",
    "Hang": "natural",
}
RELIC = "relic"
NOT_ASKED = "Chưa hỏi người ở đó: theo sách báo, xem nguồn"


def person_or_place_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one person or one place."""
    name = row.required("name_vi")
    person = row.meaning("kind", row.required("kind"), {"person": True, "place": False})
    return Draft(
        record_type="person" if person else "place",
        details={"names": [ml(name)], "living": "no"} if person else _place(row, lookups),
        dates=row.values("edtf"),
        texts=names(row, "vernacular_name", UNDETERMINED),
        **described(row, lookups),
    )


def _place(row: Row, lookups: Lookups) -> dict[str, Any]:
    kind = next((kind for start, kind in KINDS.items() if row.text("name_vi").startswith(start)), RELIC)
    provinces = row.meanings("province_codes_current", lookups.provinces)
    return {"kind": kind, "unit": provinces[0].pk if provinces else None, "confirmed_by": NOT_ASKED}
