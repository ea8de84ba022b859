"""The addresses of a page for search engines: its one own address, the same page in each language, and which pages they leave out.

Filters, searches and further pages of lists have addresses without end. They are read by people and kept out of indexes; the records
that they list have addresses of their own in the sitemap.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import translate_url

#: Name of a page → the parameters that make another page of it, not another view of the same.
OWN_PARAMETERS = {"records": ("loai",), "record": ("trang",)}
FIRST_PAGE = ("trang", "1")


@dataclass(frozen=True, slots=True)
class PageAddresses:
    """``own``: the absolute address, empty where search engines are to leave the page out; ``languages``: code → absolute address."""

    own: str
    languages: dict[str, str]


def page_addresses(request: HttpRequest) -> PageAddresses:
    """The addresses of the page that a request asks for."""
    match = request.resolver_match
    kept = OWN_PARAMETERS.get(match.url_name or "", ()) if match is not None else ()
    if match is None or any(name not in kept for name in request.GET):
        return PageAddresses("", {})
    own = request.path + _query(request.GET)
    languages = {code: settings.SITE_URL + translate_url(own, code) for code, _name in settings.LANGUAGES}
    return PageAddresses(settings.SITE_URL + own, languages)


def _query(parameters: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in parameters:
        value = parameters.get(name, "")
        if value and (name, value) != FIRST_PAGE:
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""
