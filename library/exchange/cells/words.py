"""Cells with plain words: texts, numbers, addresses, one of a short list, names of people and of files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from library.records.models import Record, RecordMedia, RecordPerson
from media_pipeline.text.folding import fold

from ..columns.column import Column
from .content import Content
from .lookups import Lookups
from .problems import CellError, near

LONGEST_TAG = 100
VIETNAMESE = "vi"
_is_address = URLValidator(schemes=["http", "https"])


def longest(model: type[models.Model], name: str) -> int | None:
    """How many characters the column holds; None for any number."""
    return getattr(model._meta.get_field(name), "max_length", None)


def require_short(text: str, most: int | None) -> str:
    """The text. Raises CellError when it does not fit."""
    if most is not None and len(text) > most:
        raise CellError(_("Ngắn hơn %(number)d chữ; ô này có %(found)d chữ.") % {"number": most, "found": len(text)})
    return text


def read_text(text: str, column: Column, content: Content) -> None:
    """A text of a column of the record."""
    content.columns[column.target] = require_short(text, longest(Record, column.target))


def choice(typed: str, column: Column, lookups: Lookups) -> str:
    """The code of one of a short list. Raises CellError."""
    options = lookups.options(column)
    found = options.get(fold(typed))
    if found is None:
        labels = {key: label for key, (_code, label) in options.items()}
        shown = "; ".join(dict.fromkeys(label for _code, label in options.values()))
        allowed = (
            _("Một trong: %(values)s.") % {"values": shown}
            if len(shown) < 160
            else _("Một giá trị trong danh sách của cột này (xem bảng mẫu).")
        )
        raise CellError(allowed, near(typed, labels) or tuple(dict.fromkeys(labels.values())))
    return found[0]


def number(typed: str) -> float:
    """``1.234,5`` and ``1234.5`` alike. Raises CellError."""
    text = typed.replace(" ", "").replace("\u00a0", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    try:
        value = float(text)
    except ValueError as error:
        raise CellError(_("Một con số, ví dụ: 12 hay 3,5.")) from error
    if value != value or abs(value) == float("inf"):
        raise CellError(_("Một con số, ví dụ: 12 hay 3,5."))
    return value


def address(typed: str) -> str:
    """A web address. Raises CellError."""
    try:
        _is_address(typed)
    except ValidationError as error:
        raise CellError(_("Một địa chỉ bắt đầu bằng http:// hay https://.")) from error
    return typed


def read_people(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    name = require_short(part, longest(RecordPerson, "name"))
    content.rows.setdefault("people", []).append({"name": name, "role": column.target})
    return ""


def read_tags(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    content.tags.append(require_short(part, LONGEST_TAG))
    return ""


def file(typed: str, lookups: Lookups) -> str:
    """The name of a file beside the table. Raises CellError, with names that look like it."""
    found = lookups.file(typed)
    if len(found) == 1:
        return found[0]
    if found:
        raise CellError(_("Có vài tệp tên này, ở các thư mục khác nhau. Ghi cả tên thư mục."), tuple(found))
    names = {fold(name.rpartition("/")[2]): name for group in lookups.files.values() for name in group}
    if not names:
        raise CellError(_("Chưa có tệp nào gửi kèm. Hãy nén bảng và ảnh vào một tệp .zip rồi gửi."))
    raise CellError(_("Tên một tệp có trong tệp nén."), near(typed, names))


def read_files(part: str, column: Column, lookups: Lookups, content: Content) -> str:
    content.files.append(file(part, lookups))
    return ""


def read_alongside(parts: list[str], column: Column, content: Content) -> None:
    """Words for the files, in their order."""
    most = longest(RecordMedia, column.target)
    content.alongside[column.target] = [require_short(part, most) for part in parts]


def multilingual(text: str) -> dict[str, Any]:
    """A text as a profile stores it."""
    return {"lang": VIETNAMESE, "text": text}
