"""Wagtail's own exports (reports, lists) as tables that spreadsheets read rightly: no formulas, UTF-8 said twice."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from library.metadata.spreadsheets import BYTE_ORDER_MARK, plain_cell

_value_of_cell = SpreadsheetExportMixin.preprocess_field_value


def mend_exports() -> None:
    """Changes the class that all of Wagtail's exports share; Wagtail has no setting for it. Called once, when the admin starts."""
    SpreadsheetExportMixin.preprocess_field_value = _cell
    SpreadsheetExportMixin.write_csv_response = _csv_response


def _cell(view: Any, field: str, value: Any, export_format: str) -> Any:
    cell = _value_of_cell(view, field, value, export_format)
    return plain_cell(cell) if export_format == view.FORMAT_CSV and isinstance(cell, str) else cell


def _csv_response(view: Any, rows: Iterable[Any]) -> HttpResponse:
    """Made whole before it is sent, as all exports: a slow reader holds no query."""
    chunks: Iterator[bytes] = view.stream_csv(rows)
    answer = HttpResponse(chain([BYTE_ORDER_MARK.encode()], chunks), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{view.get_filename()}.csv"'
    return answer
