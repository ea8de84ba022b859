"""Loads the vocabularies: one table of files, each a closed list of terms."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop

from ..merges import following_merges
from ..models import UNKNOWN_START, Term, Vocabulary
from .rows import Row, read_rows
from .sync import Entry, Report, sync_rows

Terms = dict[str, dict[str, Term]]


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """The file of a vocabulary and the meaning of its columns; all other columns are stored in ``extra``."""

    code: str
    label_vi: str
    label_en: str
    file: str
    code_column: str = "code"
    label_vi_column: str = "label_vi"
    label_en_column: str = "label_en"
    uri_column: str = ""

    def entry(self, row: Row, vocabulary: Vocabulary) -> Entry:
        """The term that one line describes; terms keep the order of the file."""
        own_columns = {self.code_column, self.label_vi_column, self.label_en_column, self.uri_column, "valid_from", "valid_to"}
        return Entry(
            row,
            {
                "vocabulary_id": vocabulary.pk,
                "code": row.required(self.code_column),
                "label_vi": row.required(self.label_vi_column),
                "label_en": row.text(self.label_en_column),
                "uri": row.text(self.uri_column) if self.uri_column else "",
                "extra": _extra(row, own_columns),
                "position": row.line,
                "valid_from": _day(row, "valid_from") or UNKNOWN_START,
                "valid_to": _day(row, "valid_to"),
            },
        )


def _day(row: Row, column: str) -> date | None:
    return row.day(column) if column in row.cells else None


def _extra(row: Row, own_columns: set[str]) -> dict[str, Any]:
    rest = {name: row.text(name) for name in row.cells if name not in own_columns and name != "source" and row.text(name)}
    return rest | ({"sources": row.sources()} if "source" in row.cells else {})


VOCABULARIES = (
    VocabularyFile("record_types", gettext_noop("Loại tư liệu"), "Record types", "record_types.csv"),
    VocabularyFile(
        "languages",
        gettext_noop("Ngôn ngữ"),
        "Languages",
        "languages.csv",
        code_column="bcp47",
        label_vi_column="name_vi",
        label_en_column="name_en",
    ),
    VocabularyFile(
        "scripts",
        gettext_noop("Chữ viết"),
        "Scripts",
        "scripts.csv",
        code_column="iso15924",
        label_vi_column="name_vi",
        label_en_column="name_en",
    ),
    VocabularyFile("vn_ich_categories", gettext_noop("Loại hình di sản (bảy)"), "Kinds of heritage (seven)", "vn_ich_categories.csv"),
    VocabularyFile(
        "vn_ich_six", gettext_noop("Loại hình di sản (sáu, Luật 2024)"), "Kinds of heritage (six, Law of 2024)", "vn_ich_six.csv"
    ),
    VocabularyFile("unesco_ich_domains", gettext_noop("Lĩnh vực UNESCO"), "UNESCO domains", "unesco_ich_domains.csv"),
    VocabularyFile("rights_statements", gettext_noop("Tình trạng quyền"), "Rights statements", "rights_statements.csv", uri_column="uri"),
    # TK and BC labels: the public sees the English name until a community confirms a Vietnamese one (handbook, section 9).
    VocabularyFile(
        "local_contexts_labels",
        gettext_noop("Nhãn TK/BC"),
        "TK/BC labels",
        "local_contexts_labels.csv",
        label_vi_column="name_en",
        label_en_column="name_en",
    ),
    VocabularyFile("calendars", gettext_noop("Lịch"), "Calendars", "calendars.csv"),
    VocabularyFile("confidence", gettext_noop("Độ tin cậy"), "Confidence", "confidence.csv"),
    VocabularyFile("content_warnings", gettext_noop("Cảnh báo nội dung"), "Content warnings", "content_warnings.csv"),
    # Started here, continued by curators in the library (domain handbook, section 8, "lists without a file").
    VocabularyFile("materials", gettext_noop("Chất liệu"), "Materials", "materials.csv"),
    VocabularyFile("colours", gettext_noop("Màu"), "Colours", "colours.csv"),
    VocabularyFile("motifs", gettext_noop("Hoa văn"), "Motifs", "motifs.csv"),
    VocabularyFile("meaning_fields", gettext_noop("Trường nghĩa"), "Meaning fields", "meaning_fields.csv"),
    VocabularyFile("skills", gettext_noop("Nghề, thực hành"), "Skills", "skills.csv"),
    VocabularyFile("subjects", gettext_noop("Từ chủ đề"), "Subject words", "subjects.csv"),  # what English readers search by
    VocabularyFile("agencies", gettext_noop("Cơ quan ban hành"), "Agencies", "agencies.csv"),
)


def load_terms(folder: Path, report: Report) -> Terms:
    """Loads every vocabulary and its terms; returns the terms by vocabulary code and term code.

    The code of a term that was merged here gives the term that it leads to: what a file says of it, it says of that term.
    """
    return {file.code: _load_file(folder, file, report) for file in VOCABULARIES}


def _load_file(folder: Path, file: VocabularyFile, report: Report) -> dict[str, Term]:
    header = Row(file.file, 1, {})
    names = {"code": file.code, "label_vi": file.label_vi, "label_en": file.label_en}
    rows = sync_rows(Vocabulary, ["code"], [Entry(header, names)], report, within=Q(code=file.code))
    vocabulary = rows[(file.code,)]
    entries = read_rows(folder / file.file, lambda row: file.entry(row, vocabulary))
    terms = sync_rows(Term, ["vocabulary_id", "code", "valid_from"], entries, report, within=Q(vocabulary=vocabulary))
    return following_merges(terms.values())
