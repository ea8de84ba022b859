"""The tables of a year: what superiors ask for, made of the same counts as the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from library.records.profiles import all_profiles

from .coverage import Coverage, coverage_of_peoples, coverage_of_provinces
from .quality import quality
from .scope import Scope

Row = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A title and rows; the first row names the columns."""

    title: str
    rows: tuple[Row, ...]


def tables_of_year(scope: Scope, year: int) -> list[Table]:
    """The year by types, peoples by types, provinces by types, what is missing."""
    return [
        Table(_("Năm %(year)d") % {"year": year}, tuple(_year(scope, year))),
        Table(_("Dân tộc"), tuple(_matrix(_("Dân tộc"), coverage_of_peoples(scope, None)))),
        Table(_("Tỉnh, thành phố"), tuple(_matrix(_("Tỉnh, thành phố"), coverage_of_provinces(scope, None)))),
        Table(_("Còn thiếu gì"), tuple(_quality(scope))),
    ]


def _year(scope: Scope, year: int) -> Iterator[Row]:
    """For each type: all records today, those of the year, and those first published in the year."""
    yield _("Loại"), _("Tổng số"), _("Lập trong năm"), _("Đăng trong năm")
    numbers = scope.counts(f"year:{year}", lambda: _numbers(scope, year))
    for profile in all_profiles():
        yield str(profile.label), *numbers.get(profile.code, (0, 0, 0))
    yield _("Cộng"), *(sum(column) for column in zip(*numbers.values(), strict=True))


def _numbers(scope: Scope, year: int) -> dict[str, tuple[int, int, int]]:
    """Type → all records, those of the year, those published in it."""
    new, published = Q(created_at__year=year), Q(first_published_at__year=year)
    counted = scope.records.order_by().values_list("record_type")
    rows = counted.annotate(all=Count("pk"), new=Count("pk", filter=new), published=Count("pk", filter=published))
    return {record_type: (total, new, published) for record_type, total, new, published in rows}


def _matrix(name: str, coverage: Coverage) -> Iterator[Row]:
    yield name, *coverage.columns, _("Cộng")
    for line in coverage.lines:
        yield line.label, *(cell.number for cell in line.cells), line.total


def _quality(scope: Scope) -> Iterator[Row]:
    yield _("Còn thiếu gì"), _("Số tư liệu"), "%"
    for line in quality(scope):
        yield line.label, line.number, line.share
