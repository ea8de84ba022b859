"""What the portal of a group shows of the group itself."""

from dataclasses import dataclass

from library.language.collation import vietnamese_order
from library.presentation.wording import Wording, foreign, in_reader_language
from library.vocabularies.models import EthnicGroup, GroupName

KNOWN, UNSURE = "high", "medium"  # confidence of a single field; anything else hides the field (domain handbook, section 12)


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A local subgroup with what else it is called, first of all by itself."""

    name: Wording
    other_names: list[Wording]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Names, language, script, people and places of one group; empty where nothing is known."""

    slug: str
    name: str
    name_vi: Wording
    name_1979: Wording
    other_names: list[Wording]
    english_names: list[Wording]
    subgroups: list[Subgroup]
    language: Wording
    languages: list[tuple[Wording, str]]
    scripts: list[Wording]
    scripts_unsure: bool
    family: Wording
    branch: Wording
    population: int | None
    provinces: list[str]
    province_codes: list[str]
    whole_country: bool
    needs_checking: bool


def group_page(group: EthnicGroup) -> GroupPage:
    """Reads a group whose languages, scripts, provinces and displayable names were prefetched."""
    provinces = sorted(group.provinces.all(), key=lambda unit: vietnamese_order(unit.label))
    return GroupPage(
        slug=group.slug,
        name=group.name,
        name_vi=foreign(group.name_vi, "vi"),
        name_1979=foreign(group.name_1979, "vi"),
        other_names=_names(group, GroupName.Kind.OTHER, "vi"),
        english_names=_english_names(group),
        subgroups=_subgroups(group),
        language=in_reader_language(group.language_vi, group.language_en),
        languages=[(foreign(term.label_en, "en"), term.code) for term in group.languages.all()],
        scripts=_scripts(group),
        scripts_unsure=group.scripts_confidence == UNSURE,
        family=in_reader_language(group.family_vi.replace(" - ", "–"), group.family_en),
        branch=in_reader_language(group.branch_vi.replace(" - ", "–"), group.branch_en),
        population=group.population_2019,
        provinces=[unit.label for unit in provinces],
        province_codes=[unit.code for unit in provinces],
        whole_country=group.whole_country,
        needs_checking=group.confidence != KNOWN,
    )


def _names(group: EthnicGroup, kind: str, language: str) -> list[Wording]:
    """The group's displayable names of one kind, without those that stand elsewhere on the page: a local group is no other spelling."""
    elsewhere = {group.name_vi, group.name_1979}
    if kind == GroupName.Kind.OTHER:
        elsewhere |= {row.name for row in group.names.all() if row.kind == GroupName.Kind.SUBGROUP}
    return [foreign(row.name, language) for row in group.names.all() if row.kind == kind and row.name not in elsewhere]


def _subgroups(group: EthnicGroup) -> list[Subgroup]:
    """The local subgroups, each once; a name whose subgroup may not be shown stands for itself."""
    shown = {row.name: row for row in group.names.all() if row.kind == GroupName.Kind.SUBGROUP}
    others = {name: row.other_name_of for name, row in shown.items() if row.other_name_of in shown}
    return [
        Subgroup(name, [foreign(other, "vi") for other, of in others.items() if of == name.plain])
        for name in _names(group, GroupName.Kind.SUBGROUP, "vi")
        if name.plain not in others
    ]


def _english_names(group: EthnicGroup) -> list[Wording]:
    """The English name first, then other spellings found in English texts."""
    others = [row.name for row in group.names.all() if row.kind == GroupName.Kind.ENGLISH and row.name != group.name_en]
    return [foreign(name, "en") for name in [group.name_en, *others]]


def _scripts(group: EthnicGroup) -> list[Wording]:
    """The scripts, only where it is known well enough which they are."""
    if group.scripts_confidence not in {KNOWN, UNSURE}:
        return []
    return [in_reader_language(term.label_vi, term.label_en) for term in group.scripts.all()]
