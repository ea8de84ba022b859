"""Loads the 54 ethnic groups, their codes in the official lists, and every spelling of every name."""

from collections.abc import Sequence
from pathlib import Path

from django.db.models import Model

from ..models import EthnicGroup, GroupCode, GroupName, Term
from .rows import Row, read_rows
from .sync import Entry, Report, sync_rows
from .terms import Terms
from .units import AllUnits, ascii_slug

WHOLE_COUNTRY = ("*", "Cả nước")
COLUMNS = {
    "code": "code",
    "name_vi": "name_vi",
    "name_1979": "name_1979_list",
    "name_en": "name_en",
    "language_vi": "language_vi",
    "language_en": "language_en",
    "family_vi": "family_vi",
    "family_en": "family_en",
    "branch_vi": "branch_vi",
    "branch_en": "branch_en",
    "scripts_confidence": "scripts_confidence",
    "note": "note",
    "confidence": "confidence",
}
Groups = dict[str, EthnicGroup]


def load_groups(folder: Path, terms: Terms, units: AllUnits, report: Report) -> None:
    """Loads the groups, then their codes and names."""
    languages = Term.objects.filter(vocabulary__code="languages").select_related("merged_into")
    by_iso = {term.extra["iso639_3"]: term.merged_into or term for term in languages if "iso639_3" in term.extra}
    entries = read_rows(folder / "ethnic_groups.csv", lambda row: _group(row, by_iso, terms["scripts"], units))
    groups = {group.code: group for group in sync_rows(EthnicGroup, ["code"], entries, report).values()}
    codes = read_rows(folder / "ethnic_group_codes.csv", lambda row: _code(row, groups))
    sync_rows(GroupCode, ["list", "code", "valid_from"], codes, report)
    names = read_rows(folder / "ethnic_group_name_variants.csv", lambda row: _name(row, groups))
    sync_rows(GroupName, ["group_id", "name", "kind"], names, report)


def _group(row: Row, languages_by_iso: dict[str, Term], scripts: dict[str, Term], units: AllUnits) -> Entry:
    whole_country = row.text("province_codes_current") in WHOLE_COUNTRY
    values = {name: row.text(column) for name, column in COLUMNS.items()} | {
        "slug": ascii_slug(row.required("name_vi")),
        "glottocodes": row.values("glottocodes"),
        "population_2019": row.integer("population_2019"),
        "whole_country": whole_country,
        "sources": row.sources(),
    }
    targets: dict[str, Sequence[Model]] = {
        "languages": row.meanings("iso639_3", languages_by_iso),
        "scripts": row.meanings("scripts", scripts),
        "provinces": [] if whole_country else row.meanings("province_codes_current", units.provinces),
        "former_provinces": [] if whole_country else row.meanings("provinces_before_2025", units.former_provinces_by_name),
    }
    return Entry(row, values, {name: sorted(row.pk for row in rows) for name, rows in targets.items()})


def _code(row: Row, groups: Groups) -> Entry:
    code = row.text("group_code")
    group = row.meaning("group_code", code, groups) if code else None
    lists = {name.value: name.value for name in GroupCode.List}
    values = {
        "list": row.meaning("list", row.required("list"), lists),
        "code": row.required("code"),
        "valid_from": row.day("valid_from"),
        "group_id": group.pk if group else None,
    }
    return Entry(row, values)


def _name(row: Row, groups: Groups) -> Entry:
    values = {
        "group_id": row.meaning("group_code", row.required("group_code"), groups).pk,
        "name": row.required("variant"),
        "kind": row.required("kind"),
        "display": row.yes("display"),
        "other_name_of": row.text("other_name_of"),
    }
    return Entry(row, values)
