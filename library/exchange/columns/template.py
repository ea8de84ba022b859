"""The template of a record type, for officers to fill in: as a workbook or as a CSV file."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from library.records.profiles import profile

from ..sheets.writing import TemplateColumn, Words, write_csv_template, write_template
from .column import IDENTIFIER, Column
from .table import columns_of, options_of

EXAMPLE = "VÍ DỤ"  # the code of the row that shows how to write; such a row is never imported


def template_workbook(record_type: str, target: Path) -> None:
    """Writes the workbook."""
    write_template(target, _columns(record_type), _words(record_type))


def template_csv(record_type: str) -> bytes:
    """The same columns as a CSV file, without lists and explanations."""
    return write_csv_template(_columns(record_type), _words(record_type))


def example_cells(record_type: str, keys: Sequence[str]) -> list[list[str]]:
    """The row of the example in each language of the library: its cells in the columns with these keys; empty where there is none."""
    rows = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            shown = {column.key: _column(column).example for column in columns_of(record_type) if column.key in keys}
            rows.append([shown.get(key, "") for key in keys])
    return rows


def _columns(record_type: str) -> list[TemplateColumn]:
    """The own code first: its cell names the row of the example."""
    return [_column(column) for column in columns_of(record_type) if column.key != IDENTIFIER]


def _column(column: Column) -> TemplateColumn:
    options = tuple(label for _code, label in options_of(column))
    return TemplateColumn(
        str(column.label),
        str(column.help) or _help(column),
        column.example or next(iter(options), ""),
        column.required,
        column.many,
        options,
    )


def _help(column: Column) -> str:
    kind = column.field.type if column.field else column.kind
    sentences = {
        "term": _("Chọn trong danh sách."),
        "terms": _("Chọn trong danh sách."),
        "choice": _("Chọn trong danh sách."),
        "number": _("Con số."),
        "edtf": _("Cứ viết như vẫn nói: 12/3/2025, 1930, khoảng 1930, thế kỷ 19."),
        "rule": _("Cứ viết như vẫn nói: mùng 8 tháng Giêng âm lịch; 15/10 đến 30/12."),
        "url": _("Địa chỉ trên mạng, bắt đầu bằng https://."),
        "ref": _("Mã của tư liệu đã có."),
    }
    words = sentences.get(kind, "")
    return f"{words} {_('Nhiều giá trị cách nhau bằng dấu chấm phẩy.')}".strip() if column.many else words


def _words(record_type: str) -> Words:
    own = profile(record_type)
    return Words(
        rows=_("Tư liệu"),
        explanation=_("Cách ghi"),
        lists=_("Danh mục"),
        intro=(
            _("Bảng mẫu: %(type)s") % {"type": own.label},
            str(own.note),
            _("Mỗi dòng là một tư liệu. Dòng “VÍ DỤ” chỉ để xem cách ghi, không được nhập."),
            _("Ô nào chưa biết thì để trống. Tên cột có nền cam là bắt buộc."),
            _("Cột không dùng thì xóa được; thêm cột riêng cũng được, lúc nhập sẽ chọn đưa vào đâu."),
        ),
        names=(_("Cột"), _("Bắt buộc"), _("Cách ghi"), _("Giá trị được chọn, hoặc ví dụ")),
        required=_("có"),
        example_code=EXAMPLE,
    )
