"""What there is and what is missing: a matrix of peoples, or of provinces, by types of records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from library.records.actions.requirements import WITHOUT_GROUP
from library.records.models import Record
from library.records.places import in_unit
from library.records.profiles import Profile, all_profiles
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from ..views.filters import provinces
from .scope import Scope

WITHOUT_COLUMN = WITHOUT_GROUP | {"ethnic-group", "subgroup", "collection"}  # nobody asks which peoples have none of these
SHADES = (8, 4, 2, 1)  # the fewest records of the four shades, the darkest first


@dataclass(frozen=True, slots=True)
class Cell:
    """How many records, and where they are listed; an empty cell of a people leads to the task of filling it.

    ``shade``: 0 (none) to 4.
    """

    number: int
    address: str
    column: str

    @property
    def shade(self) -> int:
        """How dark the cell is."""
        return next((4 - place for place, fewest in enumerate(SHADES) if self.number >= fewest), 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One people or one province. ``total``: its records of all types in the columns, each counted once."""

    label: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """``lines`` by ``columns`` (labels of types); ``missing`` of ``size`` cells are empty."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def size(self) -> int:
        return len(self.columns) * len(self.lines)

    @property
    def missing(self) -> int:
        return sum(cell.number == 0 for line in self.lines for cell in line.cells)


def columns() -> list[Profile]:
    """The types of the matrix, in the order of the profiles."""
    return [profile for profile in all_profiles() if profile.code not in WITHOUT_COLUMN]


def coverage_of_peoples(scope: Scope, place: AdminUnit | None) -> Coverage:
    """The 54 peoples by types; only the records in a province where one is named. A record of two peoples counts for both."""
    records = scope.records.filter(in_unit(place)) if place else scope.records
    numbers = _numbers(records, "groups")

    def cell(group: EthnicGroup, profile: Profile) -> Cell:
        number = numbers[group.pk][profile.code]
        fill = reverse("dashboard:fill", args=[group.slug, profile.code])
        address = scope.address(record_type=profile.code, group=group, place=place) if number else fill
        return Cell(number, address, str(profile.label))

    lines = [
        Line(str(group), tuple(cell(group, profile) for profile in columns()), sum(numbers[group.pk].values()))
        for group in EthnicGroup.objects.order_by("code")
    ]
    return Coverage(_labels(), tuple(lines))


def coverage_of_provinces(scope: Scope, group: EthnicGroup | None) -> Coverage:
    """The provinces of today by types; only the records of one people where it is named."""
    records = scope.records.filter(groups=group) if group else scope.records
    numbers = _numbers_by_province(records)

    def cell(province: AdminUnit, profile: Profile) -> Cell:
        number = numbers[province.pk][profile.code]
        address = scope.address(record_type=profile.code, group=group, place=province) if number else ""
        return Cell(number, address, str(profile.label))

    lines = [
        Line(province.label, tuple(cell(province, profile) for profile in columns()), sum(numbers[province.pk].values()))
        for province in provinces()
    ]
    return Coverage(_labels(), tuple(lines))


def _labels() -> tuple[str, ...]:
    return tuple(str(profile.label) for profile in columns())


def _codes() -> list[str]:
    return [profile.code for profile in columns()]


def _numbers(records: RecordQuerySet, axis: str) -> dict[int, dict[str, int]]:
    """Key of the axis → type → how many records."""
    counted = records.filter(record_type__in=_codes(), **{f"{axis}__isnull": False}).order_by()
    return _table(counted.values_list(axis, "record_type").annotate(Count("pk")))


def _numbers_by_province(records: RecordQuerySet) -> dict[int, dict[str, int]]:
    """A record with two communes of one province counts once there."""
    level = AdminUnit.Level
    rows = Record.places.through.objects.filter(record__in=records.filter(record_type__in=_codes()).order_by())
    own = rows.filter(adminunit__level=level.PROVINCE).values_list("adminunit", "record__record_type", "record")
    above = rows.filter(adminunit__level=level.COMMUNE).values_list("adminunit__parent", "record__record_type", "record")
    numbers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for province, record_type, _record in own.union(above):
        numbers[province][record_type] += 1
    return numbers


def _table(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, int]]:
    numbers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, record_type, number in rows:
        numbers[key][record_type] = number
    return numbers
