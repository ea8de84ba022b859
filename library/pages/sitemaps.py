"""The sitemaps (sitemaps.org, protocol 0.9): the pages that everyone may see, each in both languages, each naming the other.

Records stand in sections by their keys, so that a section stays the same when records are added and no records are counted to find it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks

from library.access import ANONYMOUS
from library.curation.published import story_addresses, text_addresses
from library.lexicon.models import Concept, WordList
from library.presentation import queries
from library.presentation.authorities import provinces
from library.presentation.places import communes, former_districts, former_provinces
from library.vocabularies.models import AdminUnit, EthnicGroup

from .presentation.timeline import slug_of
from .queries.remembered import Remembered
from .queries.timeline import overview

# The pages that lead to all others
ENTRY_PAGES = (
    "home",
    "groups",
    "provinces",
    "former-provinces",
    "festivals",
    "timeline",
    "words",
    "records",
    "packs",
    "bulletins",
    "search",
    "search-detailed",
    "kept",
)
RECORDS = "ban-ghi"
SECTION = 2_500  # keys of records in a section
WRITTEN_AT_ONCE = 500  # entries
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

# The name of a page, its argument in the address if it has one, and when it was changed, where that is known.
Entry = tuple[str, str, datetime | None]

SECTIONS: dict[str, Callable[[], Iterable[Entry]]] = {
    "trang": lambda: ((page, "", None) for page in ENTRY_PAGES),
    "dan-toc": lambda: (("group", slug, None) for slug in EthnicGroup.objects.values_list("slug", flat=True)),
    "van-ban": lambda: (("wagtail_serve", path, day) for path, day in text_addresses()),
    "chuyen": lambda: (("wagtail_serve", path, day) for path, day in story_addresses()),
    "tu-ngu": lambda: (("concept", code, None) for code in Concept.objects.values_list("code", flat=True)),
    "tu-dien": lambda: (("word-list", code, None) for code in WordList.objects.values_list("code", flat=True)),
    "dong-thoi-gian": lambda: (("timeline-century", slug_of(century), None) for century in overview(ANONYMOUS).centuries),
    "tinh": lambda: (("province", slug, None) for slug in provinces().values_list("slug", flat=True)),
    "xa": lambda: _coded("commune", communes()),
    "tinh-cu": lambda: (("former-province", slug, None) for slug in former_provinces().values_list("slug", flat=True)),
    "huyen-cu": lambda: _coded("former-district", former_districts()),
}


def sections() -> dict[str, Callable[[], Iterable[Entry]]]:
    """The sections without the records, with those of other packages (hook ``sitemap_sections``)."""
    return SECTIONS | {name: entries for more in hooks.get_hooks("sitemap_sections") for name, entries in more().items()}


def _coded(page: str, units: QuerySet[AdminUnit]) -> Iterator[Entry]:
    """The pages of units with their code in the address."""
    for slug, code in units.values_list("slug", "code").iterator(WRITTEN_AT_ONCE):
        yield page, f"{slug}-{code}", None


def record_sections() -> list[tuple[int, datetime | None]]:
    """Number of each section of records, from 1, and when a record in it was published last."""
    return _sections.value()


def _read_sections() -> list[tuple[int, datetime | None]]:
    records = queries.visible_records(ANONYMOUS).order_by()
    sections = records.annotate(section=F("pk") / SECTION + 1).values_list("section").annotate(Max("last_published_at"))
    return sorted(sections)


_sections = Remembered(_read_sections)


def first_section() -> int:
    """The number of the first section that has records."""
    first = queries.visible_records(ANONYMOUS).order_by("pk").values_list("pk", flat=True).first()
    return (first or 0) // SECTION + 1


def records_in_section(number: int) -> Iterator[Entry]:
    """The records of one section, oldest first."""
    first = (number - 1) * SECTION
    records = queries.visible_records(ANONYMOUS).filter(pk__gte=first, pk__lt=first + SECTION).order_by("pk")
    for identifier, published in records.values_list("identifier", "last_published_at").iterator(WRITTEN_AT_ONCE):
        yield "record", identifier, published


def index_xml(addresses: Iterable[tuple[str, datetime | None]]) -> str:
    """The list of all sections."""
    entries = "".join(f"<sitemap><loc>{escape(address)}</loc>{_changed(day)}</sitemap>\n" for address, day in addresses)
    return f"{HEAD}<sitemapindex {NAMESPACES}>\n{entries}</sitemapindex>\n"


def section_xml(host: str, entries: Iterable[Entry]) -> Iterator[str]:
    """One section, in pieces. ``host``: scheme and name of the site, without a slash at the end."""
    addresses: dict[str, list[tuple[str, str, str]]] = {}
    yield f"{HEAD}<urlset {NAMESPACES}>\n"
    left = iter(entries)
    while some := list(islice(left, WRITTEN_AT_ONCE)):
        for page, argument, _day in some:
            if page not in addresses:
                addresses[page] = _addresses(host, page, argument)
        yield "".join(_entry(addresses[page], argument, day) for page, argument, day in some)
    yield "</urlset>\n"


def _addresses(host: str, page: str, argument: str) -> list[tuple[str, str, str]]:
    """Language, and what stands before and behind the argument in the address: looked up once, since it is the same for all records."""
    parts = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            path = reverse(page, args=[argument] if argument else [])
        before, _argument, behind = path.rpartition(quote(argument)) if argument else (path, "", "")
        parts.append((language, escape(host + before), escape(behind)))
    return parts


def _entry(addresses: list[tuple[str, str, str]], argument: str, day: datetime | None) -> str:
    quoted = quote(argument)
    locations = [(language, f"{before}{quoted}{behind}") for language, before, behind in addresses]
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{language}" href="{location}"/>' for language, location in locations)
    changed = _changed(day)
    return "".join(f"<url><loc>{location}</loc>{changed}{others}</url>\n" for _language, location in locations)


def _changed(day: datetime | None) -> str:
    return f"<lastmod>{day:%Y-%m-%d}</lastmod>" if day else ""
