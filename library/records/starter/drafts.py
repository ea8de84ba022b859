"""The content of a row of the starter files before it becomes a record, and its review state (handbook, section 12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from library.access import PUBLIC
from library.accounts.models import Office
from library.vocabularies.loading.rows import Row
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, Source, Term

from ..models.choices import NOT_EVALUATED, ReviewState

ALL_GROUPS = "*"
MINISTRY = "bo"
VIETNAMESE, ENGLISH = "vi", "en"
WITHOUT_ORIGIN = frozenset({"DANTOC", "DANTOC54"})  # nobody knows who wrote them: alone they make no record that readers see
UNDETERMINED = "und"
Level = AdminUnit.Level


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, with the citation in words where the file names a part of it (an article of an encyclopaedia)."""

    source: Source
    words: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is not created yet: its columns, the fields of its profile, and the rows that it links to."""

    row: Row
    source_key: str
    record_type: str
    title_vi: str
    title_en: str
    details: dict[str, Any]
    confidence: str
    state: str
    summary_vi: str = ""
    summary_en: str = ""
    summary_reviewed: bool = True
    access: str = PUBLIC
    office: str = MINISTRY
    rights: str = NOT_EVALUATED
    credit: str = ""
    place_recorded: str = ""
    groups: Sequence[EthnicGroup] = ()
    subgroups: Sequence[GroupName] = ()
    places: Sequence[AdminUnit] = ()
    former_units: Sequence[AdminUnit] = ()
    languages: Sequence[Term] = ()
    unesco_domains: Sequence[Term] = ()
    sources: Sequence[Cited] = ()
    texts: Sequence[tuple[str, str, str]] = ()  # role, language tag, text
    dates: Sequence[str] = ()  # EDTF
    listing_of: Sequence[str] = ()  # source keys of the practices that this listing lists

    @property
    def live(self) -> bool:
        return self.state in (ReviewState.PUBLISHED, ReviewState.NEEDS_CHECKING)


@dataclass
class Lookups:
    """The lookup tables of the authorities that rows point to, read once."""

    groups: dict[str, EthnicGroup] = field(default_factory=lambda: {group.code: group for group in EthnicGroup.objects.all()})

    def terms(self, vocabulary: str) -> dict[str, Term]:
        """The terms of a vocabulary by code."""
        return self._terms.get(vocabulary, {})

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {source.code: source for source in Source.objects.all()}

    @cached_property
    def provinces(self) -> dict[str, AdminUnit]:
        return {unit.code: unit for unit in AdminUnit.objects.filter(level=Level.PROVINCE)}

    @cached_property
    def former_provinces(self) -> dict[str, AdminUnit]:
        """Former provinces by every name they are written with."""
        units = AdminUnit.objects.filter(level=Level.FORMER_PROVINCE)
        return {name: unit for unit in units for name in [unit.label_vi, *unit.extra.get("also_named", ())]}

    @cached_property
    def former_districts(self) -> dict[tuple[int | None, str], AdminUnit]:
        """Former districts by province and name without its kind (``Sa Pa``)."""
        units = AdminUnit.objects.filter(level=Level.FORMER_DISTRICT)
        return {(unit.parent_id, unit.label_vi[len(unit.kind) :].strip()): unit for unit in units}

    @cached_property
    def offices(self) -> dict[str, Office]:
        return {office.code: office for office in Office.objects.all()}

    @cached_property
    def subgroups(self) -> dict[int, list[GroupName]]:
        """Group key → names of its local groups that may be shown. Only names of two words or more: one word may be a common word."""
        names: dict[int, list[GroupName]] = {}
        for name in GroupName.objects.displayable().filter(kind=GroupName.Kind.SUBGROUP, name__contains=" "):
            names.setdefault(name.group_id, []).append(name)
        return names

    @cached_property
    def _terms(self) -> dict[str, dict[str, Term]]:
        terms: dict[str, dict[str, Term]] = {}
        for term in Term.objects.select_related("vocabulary", "merged_into"):
            terms.setdefault(term.vocabulary.code, {})[term.code] = term.merged_into or term
        return terms


def review_state(row: Row) -> str:
    """Confidence high: published. Medium with a source: needs checking. Everything else: draft, also what has no source of known origin."""
    confidence, sources = row.required("confidence"), set(row.sources())
    if sources and sources <= WITHOUT_ORIGIN:
        return ReviewState.DRAFT
    if confidence == "high":
        return ReviewState.PUBLISHED
    return ReviewState.NEEDS_CHECKING if confidence == "medium" and sources else ReviewState.DRAFT


def common(row: Row, lookups: Lookups) -> dict[str, Any]:
    """The arguments of Draft that all rows with groups and places have in common."""
    groups = list(lookups.groups.values()) if row.text("group_codes") == ALL_GROUPS else row.meanings("group_codes", lookups.groups)
    places = row.meanings("province_codes_current", lookups.provinces)
    former = row.meanings("provinces_before_2025", lookups.former_provinces)
    return {
        "row": row,
        "source_key": row.required("id"),
        "title_vi": row.required("name_vi"),
        "confidence": row.required("confidence"),
        "state": review_state(row),
        "access": row.text("access") or PUBLIC,
        "office": f"tinh-{places[0].code}" if len(places) == 1 else MINISTRY,
        "place_recorded": row.text("places"),
        "groups": groups,
        "subgroups": _named_subgroups(row.text("name_vi"), groups, lookups),
        "places": places,
        "former_units": [*former, *_districts(row, former, lookups)],
        "sources": cited(row, lookups),
    }


def described(row: Row, lookups: Lookups) -> dict[str, Any]:
    """The same with the title and the summary in both languages, which nobody has reviewed yet."""
    return common(row, lookups) | {
        "title_en": row.text("name_en"),
        "summary_vi": row.required("summary_vi"),
        "summary_en": row.text("summary_en"),
        "summary_reviewed": False,
    }


def cited(row: Row, lookups: Lookups) -> list[Cited]:
    """The sources of a row. ``VIWIKI17: Người Tày`` is the article of that name in the source of that code."""
    found = []
    for entry in row.sources():
        code, _colon, article = entry.partition(":")
        source = row.meaning("source", code, lookups.sources)
        found.append(Cited(source, f"{source.title}, bài “{article.strip()}”" if article else ""))
    return found


def ml(text: str, language: str = VIETNAMESE) -> dict[str, str]:
    """A text as a profile stores it."""
    return {"lang": language, "text": text}


def names(row: Row, field_name: str, language: str) -> list[tuple[str, str, str]]:
    """Vernacular names of a row as texts of the record."""
    return [("vernacular_title", language, name) for name in row.values(field_name)]


def noted(row: Row, **labels: str) -> list[tuple[str, str, str]]:
    """Cells as notes of the record, in the words of the file: column → what the words are."""
    return [("note", VIETNAMESE, f"{label}: {text}") for field_name, label in labels.items() if (text := row.text(field_name))]


def _named_subgroups(title: str, groups: Iterable[EthnicGroup], lookups: Lookups) -> list[GroupName]:
    matches = [name for group in groups for name in lookups.subgroups.get(group.pk, ()) if name.name in title]
    return [name for name in matches if not any(name.name in other.name and name != other for other in matches)]


def _districts(row: Row, former_provinces: Iterable[AdminUnit], lookups: Lookups) -> list[AdminUnit]:
    """Former districts that the recorded places name: the last part of ``Tả Van, Sa Pa``."""
    districts = []
    for place in row.values("places"):
        name = place.split(",")[-1].strip()
        districts += [unit for province in former_provinces if (unit := lookups.former_districts.get((province.pk, name)))]
    return list(dict.fromkeys(districts))
