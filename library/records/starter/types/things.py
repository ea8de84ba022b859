"""Costumes, crafts, instruments and products."""

import re
from typing import Any

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, VIETNAMESE, Draft, Lookups, described, names
from .heritage import domains_of

PROFILES = {"costume": "costume", "craft": "product", "instrument": "product", "product": "product"}
GARMENTS = (
    ("Khăn", "headwear"),
    ("Trang phục", "full_set"),
    ("Áo váy", "full_set"),
    ("Áo", "garment"),
    ("Váy", "garment"),
    ("Sampot", "garment"),
)
CRAFT_KIND = "nghe-thu-cong"


def thing_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one thing that is worn, made or played. Materials are terms; those that the list lacks are a note."""
    kind = row.required("kind")
    record_type = row.meaning("kind", kind, PROFILES)
    materials = row.text("materials_vi")
    details: dict[str, Any] = {"material": materials_of(materials, lookups)}
    details |= _costume(row) if record_type == "costume" else {"kind": kind}
    craft = domains_of(lookups.terms("vn_ich_categories")[CRAFT_KIND], lookups)
    return Draft(
        record_type=record_type,
        details=details,
        unesco_domains=craft if kind in ("craft", "costume") else [],
        texts=[*names(row, "vernacular_name", UNDETERMINED), *other_materials("Chất liệu khác", materials, lookups)],
        **described(row, lookups),
    )


def _costume(row: Row) -> dict[str, Any]:
    kind = next((code for start, code in GARMENTS if row.text("name_vi").startswith(start)), "full_set")
    return {"kind": kind, "wearer": ["unknown"]}


def other_materials(label: str, text: str, lookups: Lookups) -> list[tuple[str, str, str]]:
    """A note with the materials of a row that no term stands for: the others are fields of the record already."""
    unnamed = [part for part in map(str.strip, re.split("[;,]", text)) if part and not materials_of(part, lookups)]
    return [("note", VIETNAMESE, f"{label}: {'; '.join(unnamed)}")] if unnamed else []


def materials_of(text: str, lookups: Lookups) -> list[str]:
    """Codes of the terms whose words (column ``words`` of the list) occur in the text as whole words."""
    spaced = f" {text.lower().replace(';', ' ').replace(',', ' ').replace('(', ' ').replace(')', ' ')} "
    terms = lookups.terms("materials").values()
    return [term.code for term in terms if any(f" {word.strip()} " in spaced for word in term.extra.get("words", "").split(";") if word)]
