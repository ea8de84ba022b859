"""Sources that rows cite by id, and the offices that answer for records."""

from pathlib import Path

from library.accounts.models import Office

from ..models import Source
from .rows import NOT_A_SOURCE, Row, read_rows
from .sync import Entry, Report, sync_rows


def load_sources(folder: Path, report: Report) -> None:
    """Every source; the mark for "no source" can never become one."""
    sync_rows(Source, ["code"], read_rows(folder / "sources.csv", _source), report)


def load_offices(folder: Path, report: Report) -> None:
    """One office of the ministry and one a province; an office that exists is the administrator's, not the file's."""
    label = str(Office._meta.verbose_name)
    held = {office.code: office for office in Office.objects.all()}
    for row in read_rows(folder / "offices.csv", lambda row: row):
        if row.required("code") in held:
            report.unchanged[label] += 1
            continue
        parent = held[row.required("parent")] if row.text("parent") else None
        held[row.text("code")] = Office.objects.create(
            code=row.text("code"),
            name_vi=row.required("name_vi"),
            name_en=row.text("name_en"),
            level=row.required("level"),
            parent=parent,
        )
        report.created[label] += 1


def _source(row: Row) -> Entry:
    if row.required("code") == NOT_A_SOURCE:
        row.fail("code", "OWN")
    values = {"code": row.text("code"), "title": row.required("title"), "urls": row.values("urls"), "licence": row.text("licence")}
    return Entry(row, values)
