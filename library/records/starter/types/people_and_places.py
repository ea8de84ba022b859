"""People of the past, and places. No row tells of a person who may be living."""

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


def person_or_place_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one person or one place."""
    name = row.required("name_vi")
    person = row.meaning("kind", row.required("kind"), {"person": True, "place": False})
    kind = next((kind for start, kind in KINDS.items() if name.startswith(start)), RELIC)
    return Draft(
        record_type="person" if person else "place",
        details={"names": [ml(name)], "living": "no"} if person else {"kind": kind},
        dates=row.values("edtf"),
        texts=names(row, "vernacular_name", UNDETERMINED),
        **described(row, lookups),
    )
