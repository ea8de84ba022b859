"""Files as officers' machines write them are read to the last letter; whatever else comes is refused in words."""

import io
import os
import stat
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from library.exchange.errors import SENTENCES, SheetError
from library.exchange.sheets import archives, limits
from library.exchange.sheets.sources import FolderMedia, open_source, read_table
from library.exchange.sheets.table import text_of

from .sheets import HEADER, archive, changed_book, windows_1258, workbook, write

WORDS = 'Mã;Tên lễ hội;Ghi chú\nA1;Hội xuống đồng;ở "Tả Phìn", Sa Pa\n'
CELLS = ["A1", "Hội xuống đồng", 'ở "Tả Phìn", Sa Pa']


def _refusal(path: Path, folder: Path) -> str:
    """Why the file is refused; empty when it is read to its end."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        with open_source(path, scratch) as (table, _media):
            list(table.lines)
    except SheetError as error:
        return error.code
    return ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_is_read_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str):
    words = f'Mã{delimiter}Tên lễ hội{delimiter}Ghi chú\nA1{delimiter}Hội xuống đồng{delimiter}"ở ""Tả Phìn"", Sa Pa"\n'
    content = windows_1258(words) if encoding == "windows-1258" else words.encode(encoding)
    table = read_table(write(tmp_path, "t.csv", content))
    assert table.header == ["Mã", "Tên lễ hội", "Ghi chú"]
    assert [line.cells for line in table.lines] == [CELLS]


def test_a_font_of_its_own_is_refused_not_read_as_other_letters(tmp_path: Path):
    assert _refusal(write(tmp_path, "t.csv", "Tªn lÔ héi;Ghi chó\nHéi xuèng ®ång;x\n".encode("latin-1")), tmp_path) == "encoding"


def test_a_workbook_gives_dates_as_people_write_them_and_marks_formulas(tmp_path: Path):
    rows = (HEADER, ("A1", "=1+1", date(2025, 3, 12), 3.5, 7, True), (None, None), ("A2", None, None, None, None, "x"))
    lines = list(read_table(write(tmp_path, "t.xlsx", workbook(*rows))).lines)
    assert lines[0].cells == ["A1", {"problem": "formula", "text": "=1+1"}, "12/3/2025", "3.5", "7", "1"]
    assert [(line.number, text_of(line.cells[-1])) for line in lines] == [(2, "1"), (4, "x")]


def test_empty_rows_are_left_out_and_ragged_ones_keep_their_cells(tmp_path: Path):
    lines = read_table(write(tmp_path, "t.csv", b"a;b\n1\n1;2;3\n\n;;\n")).lines
    assert [line.cells for line in lines] == [["1"], ["1", "2", "3"]]


def test_a_cell_with_nul_or_of_300_kb_is_marked_not_cut_in_silence(tmp_path: Path):
    lines = list(read_table(write(tmp_path, "t.csv", b"a;b\nx\x00y;" + b"z" * 300_000 + b"\n")).lines)
    assert [cell["problem"] for cell in lines[0].cells] == ["control", "too_long"]


MACROS = changed_book({"xl/vbaProject.bin": b"macro"})
EXPANDING = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&x;</workbook>"""
HIDDEN = b"""<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>"""
TO_HIDDEN = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
Target="/xl/worksheets/sheet1.part"/></Relationships>"""
STRICT = b'<?xml version="1.0"?><workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>a</t></is></c>
<c r="XFD1" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>"""
TABLE = b"a;b\n1;2\n"
ROWS_OF_ONE_NUMBER = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>b</t></is></c></row>'
    b'<row r="2"><c r="A2" t="inlineStr"><is><t>c</t></is></c></row></sheetData></worksheet>'
)
HOSTILE = {
    "no bytes": (b"", "empty"),
    "only names": (b"a;b\n", ""),
    "PDF": (b"%PDF-1.7 x", "not_a_table"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_table"),
    "program": (b"MZ\x90\x00", "not_a_table"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
    "with password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "LibreOffice": (archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "opendocument"),
    "Word": (archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "not_a_table"),
    "macros": (MACROS, "macros"),
    "billion laughs": (changed_book({"xl/sharedStrings.xml": EXPANDING}), "entities"),
    "external entity": (changed_book({"xl/workbook.xml": OUTSIDE}), "entities"),
    "entity in UTF-16": (changed_book({"xl/workbook.xml": OUTSIDE.decode().encode("utf-16")}), "entities"),
    "entity in a part without the name of XML": (
        changed_book({"xl/worksheets/sheet1.part": HIDDEN, "xl/_rels/workbook.xml.rels": TO_HIDDEN}),
        "entities",
    ),
    "strict book": (changed_book({"xl/workbook.xml": STRICT}), "strict_workbook"),
    "cell at XFD": (changed_book({"xl/worksheets/sheet1.xml": FAR}), "too_many_columns"),
    "two rows of one number": (
        changed_book({"xl/worksheets/sheet1.xml": ROWS_OF_ONE_NUMBER}),
        "broken",
    ),
    "part that is no XML": (changed_book({"xl/worksheets/sheet1.xml": b"<worksheet"}), "broken"),
    "cut": (workbook(HEADER, ("A1", "x"))[:-400], "broken"),
    "50,000 columns": (b";".join([b"a"] * 50_000) + b"\n" + b";".join([b"1"] * 50_000), "too_many_columns"),
    "zip slip": (archive({"../../t.csv": TABLE}), "outside"),
    "absolute name": (archive({"/etc/t.csv": TABLE}), "outside"),
    "backslashes": (archive({"..\\..\\t.csv": TABLE}), "outside"),
    "drive": (archive({"C:/t.csv": TABLE}), "outside"),
    "symbolic link": (archive({"t.csv": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16), "link"),
    "pipe": (archive({"t.csv": TABLE}, external_attr=(stat.S_IFIFO | 0o777) << 16), "link"),
    "bomb": (archive({"t.csv": TABLE, "a.jpg": b"\x00" * 60_000_000}), "unpacks_too_large"),
    "many entries": (archive({f"{number}.jpg": b"" for number in range(5_001)}), "too_many_entries"),
    "no table": (archive({"a.jpg": b"x"}), "no_table"),
    "two tables": (archive({"a.csv": TABLE, "b/c.xlsx": b"x"}), "several_tables"),
    "archive in archive": (archive({"t.csv": archive({"x.csv": TABLE})}), "not_a_table"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_words(tmp_path: Path, name: str):
    content, code = HOSTILE[name]
    assert _refusal(write(tmp_path, "t", content), tmp_path) == code
    if code:
        assert str(SENTENCES[code]) and not list((tmp_path / "scratch").glob("passwd*"))


def test_every_refusal_says_in_both_languages_what_to_do():
    for sentence in SENTENCES.values():
        with override("vi"):
            vietnamese = str(sentence)
        with override("en"):
            assert str(sentence) != vietnamese


@pytest.mark.parametrize(("bad", "good"), [(b"\x01", "encrypted")])
def test_an_encrypted_archive_is_refused(tmp_path: Path, bad: bytes, good: str):
    content = bytearray(archive({"t.csv": TABLE}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= bad[0]
    assert _refusal(write(tmp_path, "t.zip", bytes(content)), tmp_path) == good


def test_an_entry_with_a_wrong_checksum_or_a_lie_about_its_size_is_refused(tmp_path: Path):
    content = archive({"t.csv": TABLE * 1000})
    with zipfile.ZipFile(io.BytesIO(content)) as honest:
        crc = honest.infolist()[0].CRC.to_bytes(4, "little")
    assert _refusal(write(tmp_path, "t.zip", content.replace(crc, b"\x00\x00\x00\x00")), tmp_path) == "broken"
    size = len(TABLE * 1000).to_bytes(4, "little")
    (tmp_path / "again").mkdir()
    lie = content.replace(size, (5).to_bytes(4, "little"))
    assert _refusal(write(tmp_path, "u.zip", lie), tmp_path / "again") == "broken"


def test_too_many_rows_are_refused_while_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("library.exchange.sheets.table.MOST_ROWS", 3)
    assert _refusal(write(tmp_path, "t.csv", b"a\n1\n2\n3\n"), tmp_path) == ""
    assert _refusal(write(tmp_path, "u.csv", b"a\n1\n2\n3\n4\n"), tmp_path) == "too_many_rows"


def test_a_book_that_unpacks_to_too_much_is_refused_by_the_bytes_that_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("library.exchange.sheets.workbooks.TABLE_BYTES", 10_000)
    book = changed_book({"xl/media/image1.png": os.urandom(12_000)})
    assert _refusal(write(tmp_path, "t.xlsx", book), tmp_path) == "unpacks_too_large"


def test_a_link_in_a_folder_is_refused_and_its_target_never_read(tmp_path: Path):
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder, "t.csv", TABLE)
    (folder / "a.jpg").symlink_to("/etc/passwd")
    with pytest.raises(SheetError, match="link"):
        FolderMedia(folder)


def test_a_folder_and_an_archive_give_their_media_by_name(tmp_path: Path):
    folder = tmp_path / "folder"
    (folder / "anh").mkdir(parents=True)
    write(folder, "t.csv", TABLE)
    write(folder / "anh", "Hội.jpg", b"picture")
    packed = write(tmp_path, "t.zip", archive({"t.csv": TABLE, "anh/Hội.jpg": b"picture", "__MACOSX/._t.csv": b"x"}))
    for place, scratch in ((folder, "one"), (packed, "two")):
        (tmp_path / scratch).mkdir()
        with open_source(place, tmp_path / scratch) as (table, media):
            assert [line.cells for line in table.lines] == [["1", "2"]]
            assert "anh/Hội.jpg" in media.names() and len(media.names()) == 2
            with media.open("anh/Hội.jpg") as file:
                assert file.read() == b"picture"


def test_names_in_the_code_page_of_windows_are_read():
    entry = zipfile.ZipInfo("x")
    entry.filename = windows_1258("Hội.jpg").decode("cp437")
    assert archives.name_of(entry).startswith("Hô")


def test_the_memory_of_reading_does_not_grow_with_the_rows(tmp_path: Path):
    def peak(rows: int) -> int:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["Mã", "Tên"])
        for number in range(rows):
            sheet.append([f"A{number}", f"Một cái tên dài của tư liệu số {number}" * 4])
        book.save(tmp_path / "t.xlsx")
        tracemalloc.start()
        assert sum(1 for _line in read_table(tmp_path / "t.xlsx").lines) == rows
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(4_000) < peak(400) + 1_500_000
    assert limits.MOST_ROWS >= 100_000
