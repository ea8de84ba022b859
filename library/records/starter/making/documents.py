"""PDF lists with a text layer: rows of text set in columns, the font inside the file."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfWriter
from pypdf.generic import StreamObject

from .maps import FONTS, font

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 48.0  # A4 in points
TITLE, BODY, SMALL, LEADING = 18, 9.5, 8, 14.0
FOOT_NOTE = "Tệp thử, máy làm từ dữ liệu chuẩn của thư viện; không phải văn bản gốc của cơ quan nào."


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list to print: title, a line under it, column heads with their widths in points, and rows."""

    title: str
    note: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]


def write_pdf(content: PrintedList, path: Path) -> int:
    """Write the list; returns the number of pages."""
    sheet = _Sheet()
    for number, page_rows in enumerate(_paged(content), 1):
        sheet.new_page()
        top = HEIGHT - MARGIN
        if number == 1:
            sheet.line(content.title, MARGIN, top - TITLE, TITLE)
            sheet.line(content.note, MARGIN, top - 38, BODY)
            top -= 56
        for row in [[head for head, _width in content.columns], *page_rows]:
            top -= LEADING
            sheet.row(row, [width for _head, width in content.columns], top)
        sheet.line(f"{FOOT_NOTE}  Trang {number}", MARGIN, MARGIN / 2, SMALL)
        sheet.end_page()
    sheet.save(path, content.title)
    return sheet.pages


def _paged(content: PrintedList) -> Iterator[Sequence[Sequence[str]]]:
    first, other = (int((HEIGHT - 2 * MARGIN - space) / LEADING) - 1 for space in (56, 0))
    yield content.rows[:first]
    for start in range(first, len(content.rows), other):
        yield content.rows[start : start + other]


class _Sheet:
    """A PDF being written: pages, text at a point, one embedded font."""

    def __init__(self) -> None:
        self.document = pdfium.PdfDocument.new()
        face = (FONTS / "NotoSans-Regular.ttf").read_bytes()
        buffer = (ctypes.c_uint8 * len(face)).from_buffer_copy(face)
        self.font = raw.FPDFText_LoadFont(self.document, buffer, len(face), raw.FPDF_FONT_TRUETYPE, True)
        self.pages = 0

    def new_page(self) -> None:
        self.page = self.document.new_page(WIDTH, HEIGHT)
        self.pages += 1

    def end_page(self) -> None:
        raw.FPDFPage_GenerateContent(self.page)

    def row(self, cells: Sequence[str], widths: Sequence[float], top: float) -> None:
        left = MARGIN
        for cell, width in zip(cells, widths, strict=True):
            self.line(_cut(cell, width - 6), left, top, BODY)
            left += width

    def line(self, text: str, left: float, top: float, size: float) -> None:
        if not text:
            return
        text_object = raw.FPDFPageObj_CreateTextObj(self.document, self.font, size)
        encoded = (text + "\0").encode("utf-16-le")
        buffer = ctypes.create_string_buffer(encoded, len(encoded))
        raw.FPDFText_SetText(text_object, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)))
        raw.FPDFPageObj_Transform(text_object, 1, 0, 0, 1, left, top)
        raw.FPDFPage_InsertObject(self.page, text_object)

    def save(self, path: Path, title: str) -> None:
        self.document.save(str(path))
        writer = PdfWriter(clone_from=str(path))
        for item in writer._objects:
            if isinstance(item, StreamObject) and "/Filter" not in item:
                writer._objects[writer._objects.index(item)] = item.flate_encode()
        writer.add_metadata({"/Title": title})
        writer.write(str(path))


def _cut(text: str, width: float) -> str:
    face = font(100)
    while face.getlength(text) * BODY / 100 > width:
        text = text.rstrip("… ")[:-1] + "…"
    return text
