"""What a record was read from, and how to cite it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from library.metadata.web_addresses import web_address
from library.presentation.wording import Wording, in_reader_language

if TYPE_CHECKING:
    from library.records.models import Record, RecordSource


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One source: its title, its first address with the host in words, page, day of reading, licence."""

    title: Wording
    url: str
    host: str
    page: str
    accessed: date | None
    licence: str


def sources(record: "Record") -> list[CitedSource]:
    """The sources in the order in which they were entered."""
    return [_cited(row) for row in record.sources.all()]


def suggested_citation(record: "Record") -> str:
    """One sentence to copy: title, identifier, library, day of the version, address."""
    when = record.last_published_at or record.updated_at
    return _("“%(title)s”, mã %(identifier)s. Thư viện số Văn hóa các dân tộc Việt Nam, bản ngày %(day)s. %(address)s") % {
        "title": in_reader_language(record.title_vi, record.title_en).plain,
        "identifier": record.ark or record.identifier,
        "day": date_format(localtime(when), "DATE_FORMAT"),
        "address": settings.SITE_URL + record.get_absolute_url(),
    }


def _cited(row: "RecordSource") -> CitedSource:
    source = row.source
    addresses = source.urls if source is not None and isinstance(source.urls, list) else []
    url = next(filter(None, map(web_address, addresses)), "")
    return CitedSource(
        title=in_reader_language(source.title if source is not None else row.citation),
        url=url,
        host=_host(url),
        page=row.page,
        accessed=row.accessed,
        licence=source.licence if source is not None else "",
    )


def _host(url: str) -> str:
    """The name of the address's host without "www."; empty where the host is only a number, which says nothing to a reader."""
    name = (urlsplit(url).hostname or "").removeprefix("www.")
    return "" if name.replace(".", "").isdigit() or ":" in name else name
