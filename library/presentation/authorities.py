"""Groups and provinces as public pages list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from library.frame.drawing.province_map import shade
from library.language.collation import vietnamese_order
from library.vocabularies.models import AdminUnit, EthnicGroup

from .wording import Wording, in_reader_language

#: The columns that a list of the groups needs.
COLUMNS = ("slug", "name_vi", "name_en", "family_vi", "family_en", "branch_vi", "branch_en", "population_2019")


@dataclass(frozen=True, slots=True)
class Region:
    """A province on the map and in the list beside it."""

    code: str
    name: str
    url: str
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group in the list of all."""

    name: str
    url: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a language family with its groups in alphabetical order."""

    name: Wording
    groups: list[GroupEntry]


@dataclass(frozen=True, slots=True)
class Family:
    """A language family."""

    name: Wording
    groups: int
    people: int
    branches: list[Branch]


def provinces() -> QuerySet[AdminUnit]:
    """The provinces and cities of today."""
    return AdminUnit.objects.filter(level=AdminUnit.Level.PROVINCE, valid_to=None)


def province_of(slug: str) -> AdminUnit | None:
    """The province that an address names; None where it names none. Raises Http404 for one that is not known."""
    if not slug:
        return None
    unit = provinces().filter(slug=slug).first()
    if unit is None:
        raise Http404(_("Không có tỉnh, thành phố này."))
    return unit


def group_of(slug: str) -> EthnicGroup | None:
    """The group that an address names; None where it names none. Raises Http404 for one that is not known."""
    if not slug:
        return None
    group = EthnicGroup.objects.filter(slug=slug).first()
    if group is None:
        raise Http404(_("Không có dân tộc này."))
    return group


def provinces_by_name() -> list[AdminUnit]:
    """The provinces and cities of today in alphabetical order."""
    return sorted(provinces(), key=lambda province: vietnamese_order(province.label))


def regions(counts: Mapping[str, int]) -> list[Region]:
    """All provinces in alphabetical order with how many records each has."""
    return [
        Region(unit.code, unit.label, reverse("province", args=[unit.slug]), counts.get(unit.code, 0), shade(counts.get(unit.code, 0)))
        for unit in provinces_by_name()
    ]


def families() -> list[Family]:
    """The 54 groups by language family and branch, the family of most groups first."""
    by_family: dict[str, list[EthnicGroup]] = {}
    for group in EthnicGroup.objects.only(*COLUMNS):
        by_family.setdefault(group.family_vi, []).append(group)
    return [_family(members) for members in sorted(by_family.values(), key=len, reverse=True)]


def _family(members: list[EthnicGroup]) -> Family:
    by_branch: dict[str, list[EthnicGroup]] = {}
    for group in members:
        by_branch.setdefault(group.branch_vi, []).append(group)
    return Family(
        name=_dashed(members[0].family_vi, members[0].family_en.split(" (")[0]),
        groups=len(members),
        people=sum(group.population_2019 or 0 for group in members),
        branches=[_branch(groups) for groups in by_branch.values()],
    )


def _branch(members: list[EthnicGroup]) -> Branch:
    return Branch(name=_dashed(members[0].branch_vi, members[0].branch_en), groups=group_entries(members))


def group_entries(groups: Iterable[EthnicGroup]) -> list[GroupEntry]:
    """Groups in alphabetical order with their addresses."""
    ordered = sorted(groups, key=lambda group: vietnamese_order(group.name))
    return [GroupEntry(group.name, reverse("group", args=[group.slug]), group.population_2019) for group in ordered]


def _dashed(vietnamese: str, english: str) -> Wording:
    """Two names joined by a dash, as print sets them."""
    return in_reader_language(vietnamese.replace(" - ", "–"), english.replace(" - ", "–"))
