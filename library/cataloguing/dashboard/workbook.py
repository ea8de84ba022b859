"""The figures of a year as an Excel workbook: what superiors ask for, made of the same counts as the page."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from library.metadata.spreadsheets import plain_cell
from library.records.profiles import all_profiles

from .coverage import Coverage, coverage_of_peoples, coverage_of_provinces
from .quality import quality
from .scope import Scope

Row = tuple[str | int | float, ...]
WIDEST = 40  # characters of a column


def year_workbook(scope: Scope, year: int) -> bytes:
    """An .xlsx file with four sheets: the year by types, peoples by types, provinces by types, what is missing."""
    book = Workbook()
    book.remove(book.active)
    _sheet(book, _("Năm %(year)d") % {"year": year}, _year(scope, year))
    _sheet(book, _("Dân tộc"), _matrix(_("Dân tộc"), coverage_of_peoples(scope, None)))
    _sheet(book, _("Tỉnh, thành phố").replace("/", "-"), _matrix(_("Tỉnh, thành phố"), coverage_of_provinces(scope, None)))
    _sheet(book, _("Còn thiếu gì"), _quality(scope))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _year(scope: Scope, year: int) -> Iterator[Row]:
    """For each type: all records today, those of the year, and those first published in the year."""
    yield _("Loại"), _("Tổng số"), _("Lập trong năm"), _("Đăng trong năm")
    new, published = Q(created_at__year=year), Q(first_published_at__year=year)
    counted = scope.records.order_by().values("record_type")
    rows = counted.annotate(total=Count("pk"), new=Count("pk", filter=new), published=Count("pk", filter=published))
    numbers = {row["record_type"]: (row["total"], row["new"], row["published"]) for row in rows}
    for profile in all_profiles():
        yield str(profile.label), *numbers.get(profile.code, (0, 0, 0))
    yield _("Cộng"), *(sum(column) for column in zip(*numbers.values(), strict=True))


def _matrix(name: str, coverage: Coverage) -> Iterator[Row]:
    yield name, *coverage.columns, _("Cộng")
    for line in coverage.lines:
        yield line.label, *(cell.number for cell in line.cells), line.total


def _quality(scope: Scope) -> Iterator[Row]:
    total = scope.records.count()
    yield _("Còn thiếu gì"), _("Số tư liệu"), "%"
    for line in quality(scope, total):
        yield line.label, line.number, line.share


def _sheet(book: Workbook, title: str, rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(title[:31])
    lengths: dict[int, int] = {}
    for row in rows:
        sheet.append([plain_cell(cell) if isinstance(cell, str) else cell for cell in row])
        for number, cell in enumerate(row, 1):
            lengths[number] = max(lengths.get(number, 0), len(str(cell)))
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for number, length in lengths.items():
        sheet.column_dimensions[get_column_letter(number)].width = min(length + 2, WIDEST)
    sheet.freeze_panes = "B2"
