"""What an inventory sheet says of a record: its values under the names that a template may use."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime

from library.records.models import Record
from library.records.profiles import DisplayRow

# Own fields of the types (collections/profiles) → the name on the sheet; all others stand under OTHER.
OWN = {
    "category": "loai_hinh",
    "kind": "loai_hinh",
    "genre": "loai_hinh",
    "stage": "loai_hinh",
    "field": "loai_hinh",
    "narrative": "nguon_goc",
    "route": "nguon_goc",
    "rite_part": "mo_ta",
    "festive_part": "mo_ta",
    "sequence": "mo_ta",
    "steps": "mo_ta",
    "how_worn": "mo_ta",
    "material": "do_vat_khong_gian",
    "components": "do_vat_khong_gian",
    "instruments": "do_vat_khong_gian",
    "makers": "chu_the",
    "officiants": "chu_the",
    "safeguarding": "bao_ve",
    "honoured": "gia_tri",
    "purpose": "gia_tri",
    "motif": "gia_tri",
}
OTHER = "thong_tin_khac"
PEOPLE = ("teller", "singer", "speaker", "maker", "officiant")
Facts = Callable[[str], str]  # key of a column of the import → its values, joined


def inventory_values(record: Record, facts: Facts, own: Iterable[DisplayRow], words: Callable[[DisplayRow], str]) -> dict[str, str]:
    """Name → text. ``own``: the own fields that the person may see."""
    values: dict[str, list[str]] = {
        "ten": [record.title_vi],
        "ten_khac": [facts("vernacular_title"), facts("other_title"), facts("original_title")],
        "loai_hinh": [record.type_label],
        "dan_toc": [facts("groups")],
        "dia_diem": [facts("places"), facts("place_recorded")],
        "chu_the": [*map(str, record.communities.all()), *map(facts, PEOPLE)],
        "nguon_goc": [facts("date")],
        "mo_ta": [record.summary_vi],
        "hien_trang": [facts("vitality")],
        "nguon": [facts("sources")],
        "nguoi_lap": [facts("collector")],
        "ngay_lap": [date_format(localtime(record.created_at).date(), "d/m/Y")],
        "co_quan": [str(record.office)],
        "ma": [record.identifier],
    }
    for row in own:
        name = OWN.get(row.key)
        values.setdefault(name or OTHER, []).append(words(row) if name else f"{row.label}: {words(row)}")
    return {name: "\n".join(filter(None, texts)) for name, texts in values.items()}


def nearest_template(templates: Mapping[str, int], office_path: str) -> int:
    """The key of the template of the office, or of the nearest one above that has one; 0 for ours. ``templates``: path → key."""
    above = [path for path in templates if office_path.startswith(path)]
    return templates[max(above, key=len)] if above else 0
