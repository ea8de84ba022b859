"""The tables of a year as a Word document: a heading, a sentence that sums up, and each table."""

from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

from .year import Table

GRID = "Table Grid"  # a style that python-docx brings


def document(title: str, sentence: str, tables: list[Table]) -> bytes:
    """A .docx file on A4 across: the tables of peoples have many columns."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    normal = paper.styles["Normal"].font
    normal.name, normal.size = "Times New Roman", Pt(12)
    paper.styles[GRID].font.size = Pt(9)
    paper.add_heading(title, level=1)
    paper.add_paragraph(_("Lập ngày %(day)s.") % {"day": date_format(localdate(), "SHORT_DATE_FORMAT")})
    paper.add_paragraph(sentence)
    for table in tables:
        paper.add_heading(table.title, level=2)
        _table(paper, table)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _table(paper: Any, table: Table) -> None:
    """Row by row, and the size of the letters by the style: python-docx looks up each cell anew, and each thing that is set on it."""
    drawn = paper.add_table(rows=0, cols=len(table.rows[0]))
    drawn.style = GRID
    for number, row in enumerate(table.rows):
        for place, (cell, text) in enumerate(zip(drawn.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(f"{text:g}" if isinstance(text, float) else str(text))
            if number == 0 or place == 0:
                run.bold = True
