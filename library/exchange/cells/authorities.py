"""Cells that name peoples, places, terms, languages, sources and records: by any spelling, with a question where several are meant."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from library.records.models import Record
from library.records.models.identifiers import own_key
from library.records.profiles.values import REF_MODELS
from media_pipeline.text.folding import fold

from ..columns.column import Column
from ..columns.every_type import VOCABULARIES
from .content import Content
from .lookups import Lookups, exact
from .problems import CellError, near

PEOPLE = re.compile(r"^(?:(?:người|dân tộc|đồng bào)\s+)+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"^(?P<name>.+?)\s*\((?P<language>[^()]+)\)$")
YEAR_OF_NAME = re.compile(r"\s*\(?(?:năm |tên năm )?(?P<year>(?:19|20)\d\d)\)?$")
REFORM_YEAR = date(2025, 7, 1).year
UNKNOWN_LANGUAGE = "und"
LONGEST_SOURCE = 500


def read_groups(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    """Peoples, and the local groups that were named. Returns what was understood, where it is written otherwise."""
    group, subgroup = _group(part, lookups)
    content.link("groups", [group])
    if subgroup:
        content.link("subgroups", [subgroup])
    return lookups.group_labels[group]


def _group(typed: str, lookups: Lookups) -> tuple[int, int]:
    name = PEOPLE.sub("", typed.strip())
    for table, key in zip(lookups.group_names, (exact(name), fold(name)) * 2, strict=True):
        found = table.get(key, set())
        groups = {group for group, _subgroup in found}
        if len(groups) == 1:
            subgroups = [subgroup for _group, subgroup in found if subgroup]
            return groups.pop(), subgroups[0] if len(subgroups) == len(found) == 1 else 0
        if groups:
            raise CellError(_("Tên này dùng cho vài dân tộc. Chọn một."), tuple(sorted(lookups.group_labels[pk] for pk in groups)))
    labels = {fold(label): label for label in lookups.group_labels.values()}
    raise CellError(_("Tên một trong 54 dân tộc, hay một nhóm địa phương đã có trong danh mục."), near(name, labels))


def read_places(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    """Units of today and of before; a year behind the name says when it was the name."""
    year = YEAR_OF_NAME.search(part)
    former = column.kind == "former_places" or (year is not None and int(year["year"]) < REFORM_YEAR)
    place = lookups.places.read(YEAR_OF_NAME.sub("", part) or part, former=former)
    if place.unit:
        content.link("places", [place.unit])
    if place.former:
        content.link("former_units", [place.former])
    return place.words


def read_terms(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    terms = lookups.terms[VOCABULARIES[column.target]]
    content.link(column.target, [_term(part, terms)])
    return ""


def read_term(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    content.columns[column.target] = _term(part, lookups.terms[VOCABULARIES[column.target]])
    return ""


def _term(typed: str, terms: dict[str, tuple[int, str]]) -> int:
    found = terms.get(fold(typed))
    if found is None:
        labels = {key: label for key, (_pk, label) in terms.items()}
        raise CellError(_("Một giá trị trong danh sách của cột này (xem bảng mẫu)."), near(typed, labels))
    return found[0]


def read_names(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    """Names with their language in brackets."""
    match = IN_BRACKETS.match(part)
    name, language = (match["name"], match["language"]) if match else (part, "")
    try:
        tag = lookups.language(language) if language else UNKNOWN_LANGUAGE
    except (ValueError, ValidationError):
        name, tag = part, UNKNOWN_LANGUAGE  # the brackets hold something else
    content.rows.setdefault("texts", []).append({"role": column.target, "language": tag, "text": name})
    return ""


def read_sources(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    if len(part) > LONGEST_SOURCE:
        raise CellError(_("Ngắn hơn %(number)d chữ.") % {"number": LONGEST_SOURCE})
    source = lookups.sources.get(exact(part))
    row = {"source_id": source, "citation": ""} if source else {"source_id": None, "citation": part}
    content.rows.setdefault("sources", []).append(row)
    return ""


def read_own_reference(typed: str, column: Column, lookups: Lookups) -> int:
    """The key of what a field of the profile points to. Raises CellError."""
    targets = column.field.targets if column.field else ()
    if targets[0] == "ethnic-group":
        return _group(typed, lookups)[0]
    if targets[0] == "admin-unit":
        place = lookups.places.read(typed)
        return place.unit or place.former
    if targets[0] in REF_MODELS and targets[0] != "record":
        raise CellError(_("Cột này chưa nhập bằng bảng được. Hãy điền trong biểu mẫu sau khi nhập."))
    key = own_key(lookups.office.code, typed)
    record = Record.objects.visible_to(lookups.viewer).filter(Q(identifier=typed.strip()) | Q(source_key=key))
    found = record.filter(office__path__startswith=lookups.office.path).values_list("pk", "record_type").first()
    if found is None or ("record" not in targets and found[1] not in targets):
        raise CellError(_("Mã của một tư liệu đã có, đúng loại, của cơ quan này."))
    return int(found[0])
