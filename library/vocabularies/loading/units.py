"""Loads the administrative units: provinces and communes of today, units before July 2025, and the changes between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from ..models import UNKNOWN_START, AdminChange, AdminUnit
from .rows import Row, read_rows
from .sync import Entry, Report, Values, sync_rows

REFORM = date(2025, 7, 1)
LAST_DAY_BEFORE = date(2025, 6, 30)
PROVINCES, PROVINCE_CHANGES = "provinces_2025.csv", "province_changes_2025.csv"
COMMUNES, COMMUNE_CHANGES = "communes_2025.csv", "commune_changes_2025.csv"
Level = AdminUnit.Level
How = AdminChange.How
Units = dict[str, AdminUnit]
HOW = {how.value: how.value for how in How}


@dataclass(frozen=True, slots=True)
class AllUnits:
    """Units of every level by code; former provinces also by name, because files from before 2025 give names."""

    provinces: Units
    former_provinces: Units
    former_provinces_by_name: Units
    former_districts: Units
    former_communes: Units
    communes: Units


def load_units(folder: Path, report: Report) -> AllUnits:
    """Loads provinces, communes, former units and both change tables; returns the units."""
    changes = folder / COMMUNE_CHANGES
    provinces = _sync(read_rows(folder / PROVINCES, _province), Level.PROVINCE, report)
    former = _sync(read_rows(folder / PROVINCE_CHANGES, _former_province), Level.FORMER_PROVINCE, report)
    districts = _sync(_first_of_each_code(read_rows(changes, lambda row: _former_district(row, former))), Level.FORMER_DISTRICT, report)
    old = [entry for entry in read_rows(changes, lambda row: _former_commune(row, districts)) if entry]
    former_communes = _sync(_first_of_each_code(old), Level.FORMER_COMMUNE, report)
    unchanged = {code for code, unit in former_communes.items() if unit.valid_to is None}
    communes = _sync(read_rows(folder / COMMUNES, lambda row: _commune(row, provinces, unchanged)), Level.COMMUNE, report)
    by_name = dict(pair for pairs in read_rows(folder / PROVINCE_CHANGES, lambda row: _names(row, former)) for pair in pairs)
    units = AllUnits(provinces, former, by_name, districts, former_communes, communes)
    _load_changes(folder, units, report)
    return units


def ascii_slug(text: str) -> str:
    """A slug in plain letters; đ has no decomposition and is mapped by hand."""
    return slugify(text.replace("đ", "d").replace("Đ", "D"))


def _sync(entries: Iterable[Entry], level: str, report: Report) -> Units:
    units = sync_rows(AdminUnit, ["level", "code", "valid_from"], entries, report, within=Q(level=level))
    return {unit.code: unit for unit in units.values()}


def _first_of_each_code(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each code; another name for the same code is added to ``also_named``."""
    first_of: dict[str, Entry] = {}
    for entry in entries:
        first = first_of.setdefault(entry.values["code"], entry)
        other_names: list[str] = first.values["extra"].setdefault("also_named", [])
        if entry.values["label_vi"] not in [first.values["label_vi"], *other_names]:
            other_names.append(entry.values["label_vi"])
    return list(first_of.values())


def _unit(level: str, code: str, label_vi: str, **more: Any) -> Values:
    blank: Values = {
        "label_en": "",
        "kind": "",
        "slug": ascii_slug(label_vi),
        "parent_id": None,
        "latitude": None,
        "longitude": None,
        "area_km2": None,
        "valid_from": UNKNOWN_START,
        "valid_to": None,
        "extra": {},
    }
    return blank | {"level": level, "code": code, "label_vi": label_vi} | more


def _province(row: Row) -> Entry:
    extra_columns = ("full_name_vi", "merged_from_codes", "seat_former_province", "seat_confidence", "note", "confidence")
    counts = {name: row.integer(name) for name in ("n_communes", "n_xa", "n_phuong", "n_dac_khu")}
    values = _unit(
        Level.PROVINCE,
        row.required("code"),
        row.required("name_vi"),
        label_en=row.text("name_en"),
        kind=row.required("type"),
        slug=row.required("slug"),
        latitude=row.decimal("centroid_lat"),
        longitude=row.decimal("centroid_lon"),
        area_km2=row.decimal("area_km2_approx"),
        valid_from=row.day("valid_from") or UNKNOWN_START,
        extra={name: row.text(name) for name in extra_columns} | counts | {"sources": row.sources()},
    )
    return Entry(row, values)


def _former_province(row: Row) -> Entry:
    unchanged = (
        row.required("old_code") == row.required("new_code") and row.text("old_name") == row.text("new_name") and not row.yes("merged")
    )
    values = _unit(
        Level.FORMER_PROVINCE,
        row.required("old_code"),
        row.required("old_name"),
        valid_to=None if unchanged else LAST_DAY_BEFORE,
        extra={"also_named": row.values("also_named")},
    )
    return Entry(row, values)


def _former_district(row: Row, former_provinces: Units) -> Entry:
    province = row.meaning("old_province_code", row.required("old_province_code"), former_provinces)
    name = row.required("old_district")
    code = row.required("old_district_code")
    kind = _kind(name, ("Quận", "Huyện", "Thị xã", "Thành phố"))
    values = _unit(Level.FORMER_DISTRICT, code, name, kind=kind, parent_id=province.pk, valid_to=LAST_DAY_BEFORE, extra={})
    return Entry(row, values)


def _former_commune(row: Row, districts: Units) -> Entry | None:
    code = row.text("old_code")
    if not code:
        return None
    district = row.meaning("old_district_code", row.required("old_district_code"), districts)
    name = row.required("old_name")
    kind = _kind(name, ("Xã", "Phường", "Thị trấn"))
    valid_to = None if row.text("how") == How.UNCHANGED else LAST_DAY_BEFORE
    values = _unit(Level.FORMER_COMMUNE, code, name, kind=kind, parent_id=district.pk, valid_to=valid_to, extra={})
    return Entry(row, values)


def _commune(row: Row, provinces: Units, unchanged: set[str]) -> Entry:
    code = row.required("code")
    values = _unit(
        Level.COMMUNE,
        code,
        row.required("name_vi"),
        kind=row.required("type"),
        parent_id=row.meaning("province_code", row.required("province_code"), provinces).pk,
        latitude=row.decimal("lat"),
        longitude=row.decimal("lon"),
        area_km2=row.decimal("area_km2"),
        valid_from=UNKNOWN_START if code in unchanged else REFORM,
        extra={"also_named": row.values("name_variant"), "sources": row.sources()},
    )
    return Entry(row, values)


def _kind(name: str, kinds: Iterable[str]) -> str:
    return next((kind.lower() for kind in kinds if name.startswith(kind)), "")


def _names(row: Row, former_provinces: Units) -> list[tuple[str, AdminUnit]]:
    unit = former_provinces[row.required("old_code")]
    return [(name, unit) for name in [row.required("old_name"), *row.values("also_named")]]


def _load_changes(folder: Path, units: AllUnits, report: Report) -> None:
    entries = read_rows(folder / PROVINCE_CHANGES, lambda row: _province_change(row, units))
    entries += read_rows(folder / COMMUNE_CHANGES, lambda row: _commune_change(row, units))
    sync_rows(AdminChange, ["old_id", "new_id"], entries, report)


def _change(row: Row, old: AdminUnit, new: AdminUnit, how: str, note: str, effective: date = REFORM) -> Entry:
    return Entry(row, {"old_id": old.pk, "new_id": new.pk, "how": how, "effective": effective, "note": note})


def _province_change(row: Row, units: AllUnits) -> Entry:
    old = units.former_provinces[row.required("old_code")]
    new = row.meaning("new_code", row.required("new_code"), units.provinces)
    how = How.UNCHANGED if old.valid_to is None else How.WHOLE
    return _change(row, old, new, how, "", row.day("effective") or REFORM)


def _commune_change(row: Row, units: AllUnits) -> Entry:
    new = row.meaning("new_code", row.required("new_code"), units.communes)
    how = row.meaning("how", row.required("how"), HOW)
    if row.text("old_code"):
        return _change(row, units.former_communes[row.text("old_code")], new, how, row.text("note"))
    # Districts without communes (islands) became one unit whole; a named part of a district is only a part of it.
    district = units.former_districts[row.required("old_district_code")]
    part = row.text("old_name")
    return _change(row, district, new, How.PART if part else how, part or row.text("note"))
