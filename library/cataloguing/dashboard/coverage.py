"""What there is and what is missing: a matrix of peoples, or of provinces, by types of records."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, When
from django.urls import reverse

from library.records.actions.requirements import WITHOUT_GROUP
from library.records.places import in_unit
from library.records.profiles import Profile, all_profiles
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from ..views.filters import provinces
from .scope import Scope

WITHOUT_COLUMN = WITHOUT_GROUP | {"ethnic-group", "subgroup", "collection"}  # nobody asks which peoples have none of these
Numbers = dict[int, dict[str, int]]
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
    """``lines`` by ``columns`` (labels of types); ``missing`` of ``size`` cells are empty.

    ``folded``: the peoples who do not live in the province in question, and of whom it has no record.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    folded: tuple[Line, ...] = ()

    @property
    def size(self) -> int:
        return len(self.columns) * len(self.lines)

    @property
    def missing(self) -> int:
        return sum(cell.number == 0 for line in self.lines for cell in line.cells)


def columns() -> list[Profile]:
    """The types of the matrix, in the order of the profiles."""
    return [profile for profile in all_profiles() if profile.code not in WITHOUT_COLUMN]


def coverage_of_peoples(scope: Scope, place: AdminUnit | None, home: str = "") -> Coverage:
    """The 54 peoples by types; only the records in a province where one is named. A record of two peoples counts for both.

    ``home``: the code of a province. Its peoples stand first, and those of whom there is something; the others are folded.
    """
    records = scope.records.filter(in_unit(place)) if place else scope.records
    numbers = scope.counts(f"peoples:{place and place.pk}", lambda: _numbers(records))

    def cell(group: EthnicGroup, profile: Profile) -> Cell:
        number = numbers.get(group.pk, {}).get(profile.code, 0)
        fill = reverse("dashboard:fill", args=[group.slug, profile.code])
        address = scope.address(record_type=profile.code, group=group, place=place) if number else fill
        return Cell(number, address, str(profile.label))

    at_home = _peoples_of(home)
    lines, folded = list[Line](), list[Line]()
    for group in EthnicGroup.objects.order_by("code"):
        line = Line(str(group), tuple(cell(group, profile) for profile in columns()), sum(numbers.get(group.pk, {}).values()))
        (lines if line.total or not at_home or group.pk in at_home else folded).append(line)
    return Coverage(_labels(), tuple(lines), tuple(folded))


def _peoples_of(province: str) -> set[int]:
    """The keys of the peoples who live in a province; none for no province, and where nothing is known of one."""
    of_today = Q(provinces__code=province, provinces__level=AdminUnit.Level.PROVINCE)
    return set(EthnicGroup.objects.filter(of_today | Q(whole_country=True)).values_list("pk", flat=True)) if province else set()


def coverage_of_provinces(scope: Scope, group: EthnicGroup | None) -> Coverage:
    """The provinces of today by types; only the records of one people where it is named."""
    records = scope.records.filter(groups=group) if group else scope.records
    numbers = scope.counts(f"provinces:{group and group.pk}", lambda: _numbers_by_province(records))

    def cell(province: AdminUnit, profile: Profile) -> Cell:
        number = numbers.get(province.pk, {}).get(profile.code, 0)
        address = scope.address(record_type=profile.code, group=group, place=province) if number else ""
        return Cell(number, address, str(profile.label))

    lines = [
        Line(province.label, tuple(cell(province, profile) for profile in columns()), sum(numbers.get(province.pk, {}).values()))
        for province in provinces()
    ]
    return Coverage(_labels(), tuple(lines))


def _labels() -> tuple[str, ...]:
    return tuple(str(profile.label) for profile in columns())


def _numbers(records: RecordQuerySet) -> Numbers:
    """Key of a people → type → how many records."""
    return _table(records.order_by().values_list("groups", "record_type").annotate(Count("pk")))


def _numbers_by_province(records: RecordQuerySet) -> Numbers:
    """Key of a province → type → how many records; one with two communes of the province counts once there."""
    level = AdminUnit.Level
    province = Case(
        When(places__level=level.PROVINCE, then=F("places")), When(places__level=level.COMMUNE, then=F("places__parent")), default=None
    )
    counted = records.order_by().annotate(province=province).values_list("province", "record_type")
    return _table(counted.annotate(Count("pk", distinct=True)))


def _table(rows: Iterable[tuple[int | None, str, int]]) -> Numbers:
    """Without what belongs to no line or no column. To leave it out here is cheap; asked to, SQLite reads each record from its table."""
    numbers: Numbers = defaultdict(dict)
    codes = {profile.code for profile in columns()}
    for key, record_type, number in rows:
        if key is not None and record_type in codes:
            numbers[key][record_type] = number
    return dict(numbers)
