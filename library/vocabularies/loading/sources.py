"""Loads the sources that rows cite, and the offices in charge of records."""

from pathlib import Path

from django.utils.translation import gettext as _

from library.accounts.models import Office
from library.metadata.web_addresses import web_address

from ..models import Source
from .rows import NOT_A_SOURCE, Row, read_rows
from .sync import Entry, Report, sync_rows


def load_sources(folder: Path, report: Report) -> None:
    """Loads every source. The mark for "no source" is refused as a code."""
    sync_rows(Source, ["code"], read_rows(folder / "sources.csv", _source), report)


def load_offices(folder: Path, report: Report) -> None:
    """Creates the missing offices: the ministry and one for each province. An office that exists is never changed."""
    label = str(Office._meta.verbose_name)
    offices = {office.code: office for office in Office.objects.all()}
    for row in read_rows(folder / "offices.csv", lambda row: row):
        if row.required("code") in offices:
            report.unchanged[label] += 1
            continue
        parent = offices[row.required("parent")] if row.text("parent") else None
        offices[row.text("code")] = Office.objects.create(
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
    if not all(map(web_address, row.values("urls"))):
        row.fail("urls", _("mỗi địa chỉ bắt đầu bằng http:// hoặc https://"))
    values = {"code": row.text("code"), "title": row.required("title"), "urls": row.values("urls"), "licence": row.text("licence")}
    return Entry(row, values)
