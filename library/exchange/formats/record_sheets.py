"""Record sheets as a Word document (DOCX): for each record its name, its facts in a table, and its pictures with their words.

Written by us as it is read: libraries for this format hold the whole document with all its pictures in memory.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .format import Entry, Lines, OpenBytes

EMU = 9525  # of one pixel at 96 dpi
WIDEST = 560  # pixels: the width of the text on A4
TALLEST = 700
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_W, _R = f"{_OFFICE}/wordprocessingml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
_A, _PIC, _WP = (f"{_OFFICE}/drawingml/2006/{part}" for part in ("main", "picture", "wordprocessingDrawing"))
_RELS = f"{_OFFICE}/package/2006/relationships"
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override '
    'PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_PACKAGE = (
    f'{_XML}<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLES = (
    f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:pageBreakBefore/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="34"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:i/><w:sz w:val="22"/></w:rPr></w:style></w:styles>'
)
_CELLS = '<w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblBorders>{}</w:tblBorders></w:tblPr>'.format(
    "".join(f'<w:{side} w:val="single" w:sz="4" w:color="BFBFBF"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
)
_GRID = '<w:tblGrid><w:gridCol w:w="2600"/><w:gridCol w:w="7000"/></w:tblGrid>'
_PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'


def write_record_sheets(target: Path, lines: Lines, open_bytes: OpenBytes) -> None:
    """The whole document. A picture that the storage does not have now is named instead of shown."""
    part = target.with_suffix(".part")
    pictures = 0
    with ZipFile(target, "w", ZIP_DEFLATED) as archive, part.open("wb") as body:
        for entry in lines:
            for piece in _sheet(entry):
                body.write(piece.encode())
            for picture in entry["pictures"]:
                shown = _pack(archive, pictures + 1, picture["key"], open_bytes)
                pictures += bool(shown)
                body.write((_drawing(pictures, shown, picture["alt"]) if shown else "").encode())
                body.write(_paragraph(picture["caption"] or picture["alt"], "Caption").encode())
        body.close()
        _assemble(archive, part, pictures)
    part.unlink()


def _assemble(archive: ZipFile, part: Path, pictures: int) -> None:
    with archive.open("word/document.xml", "w", force_zip64=True) as document, part.open("rb") as body:
        names = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in (("w", _W), ("r", _R), ("a", _A), ("pic", _PIC), ("wp", _WP)))
        document.write(f"{_XML}<w:document{names}><w:body>".encode())
        while chunk := body.read(1024 * 1024):
            document.write(chunk)
        document.write(f"{_PAGE}</w:body></w:document>".encode())
    links = [f'<Relationship Id="s1" Type="{_R}/styles" Target="styles.xml"/>']
    links += [f'<Relationship Id="p{number}" Type="{_R}/image" Target="media/{number}.jpg"/>' for number in range(1, pictures + 1)]
    archive.writestr("word/_rels/document.xml.rels", f'{_XML}<Relationships xmlns="{_RELS}">{"".join(links)}</Relationships>')
    for name, content in (("[Content_Types].xml", _CONTENT_TYPES), ("_rels/.rels", _PACKAGE), ("word/styles.xml", _STYLES)):
        archive.writestr(name, content)


def _sheet(entry: Entry) -> Iterator[str]:
    yield _paragraph(entry["title"], "Heading1")
    yield f"<w:tbl>{_CELLS}{_GRID}"
    for label, values in entry["facts"]:
        yield f"<w:tr>{_cell(2600, _paragraph(label, bold=True))}{_cell(7000, ''.join(map(_paragraph, values)))}</w:tr>"
    yield f"</w:tbl>{_paragraph('')}"


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or _paragraph("")}</w:tc>'


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """One paragraph; a line break inside the text stays one."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in ILLEGAL_CHARACTERS_RE.sub("", text).split("\n"))
    return f"<w:p>{look}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{runs}</w:r></w:p>"


def _pack(archive: ZipFile, number: int, key: str, open_bytes: OpenBytes) -> tuple[int, int] | None:
    """Puts one picture into the archive; returns its width and height, or None where it is not there or is no JPEG."""
    try:
        content = b"".join(open_bytes(key))
    except FileNotFoundError:
        return None
    size = _jpeg_size(content)
    if size is not None:
        archive.writestr(f"word/media/{number}.jpg", content, ZIP_STORED)
    return size


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height as the first frame header says them (ITU T.81, B.2.2)."""
    file = BytesIO(content)
    if file.read(2) != b"\xff\xd8":
        return None
    while len(marker := file.read(4)) == 4:
        kind, length = marker[1], int.from_bytes(marker[2:], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">xHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)
    return None


def _drawing(number: int, size: tuple[int, int], alt: str) -> str:
    width, height = size
    scale = min(1, WIDEST / max(width, 1), TALLEST / max(height, 1))
    extent = f'cx="{round(width * scale) * EMU}" cy="{round(height * scale) * EMU}"'
    named = f'id="{number}" name="{number}" descr={quoteattr(ILLEGAL_CHARACTERS_RE.sub("", alt))}'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p{number}"/><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    graphic = f'<a:graphic><a:graphicData uri="{_PIC}">{picture}</a:graphicData></a:graphic>'
    return (
        f'<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {named}/>{graphic}</wp:inline></w:drawing></w:r></w:p>"
    )
