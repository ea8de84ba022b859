"""The files for crawlers: robots.txt and the sitemap."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url

from ..sitemaps import RECORDS, first_section, index_xml, record_sections, records_in_section, section_xml, sections
from .public_view import public_page

XML = "application/xml"


@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Crawlers may read every public page; not the admin, and not the addresses of filters and searches, which have no end."""
    sitemap_url = request.build_absolute_uri(reverse("sitemap"))
    prefixes = [translate_url(reverse("home"), code).rstrip("/") for code, _name in settings.LANGUAGES]
    return render(request, "robots.txt", {"sitemap": sitemap_url, "prefixes": prefixes}, content_type="text/plain; charset=utf-8")


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps."""
    addresses = [(_address(request, section), None) for section in sections()]
    records = [(f"{_address(request, RECORDS)}?p={number}", day) for number, day in record_sections()]
    return HttpResponse(index_xml([*addresses, *records]), content_type=XML)


@public_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One sitemap; of records the section that ``p`` names, else the first one."""
    host = request.build_absolute_uri("/").rstrip("/")
    others = sections()
    if section != RECORDS and section not in others:
        raise Http404
    entries = records_in_section(_section_number(request)) if section == RECORDS else others[section]()
    return HttpResponse(section_xml(host, entries), content_type=XML)  # whole, so that a slow reader holds no query open


def _address(request: HttpRequest, section: str) -> str:
    return request.build_absolute_uri(reverse("sitemap-section", args=[section]))


def _section_number(request: HttpRequest) -> int:
    """The number in the address; 404 for a section that has no records. A library without records has an empty first section."""
    number = request.GET.get("p", "")
    if not number:
        return first_section()
    if not (number.isascii() and number.isdigit() and next(records_in_section(int(number[:12])), None)):
        raise Http404
    return int(number)
