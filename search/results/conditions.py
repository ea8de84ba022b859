"""The conditions of a search that are no facets, in words: each with the address that lets it go."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from library.access import ANONYMOUS

from ..asking.within_collection import titles_for
from ..facets import facet_named
from ..forms import FIELD_LABELS, FIELDS, SearchForm
from ..query.request import SearchRequest
from .addresses import Address


def conditions_in_words(parameters: QueryDict) -> str:
    """A whole search in one line, for the name of a saved one; empty for one that cannot be asked."""
    form = SearchForm(parameters)
    if not form.is_valid():
        return ""
    asked, address = form.request(), Address(parameters)
    said = [words for words, _url in conditions(asked, address)]
    for name, values in asked.facets.items():
        facet = facet_named(name)
        labels = facet.labels(values) if facet else {}
        said += [labels[value] for value in values if value in labels]
    return " · ".join(filter(None, [asked.text, *said])) or _("mọi tư liệu")


def conditions(asked: SearchRequest, address: Address) -> Iterator[tuple[str, str]]:
    """A sentence and an address for each."""
    if asked.inside:
        yield _("trong bản ghi và trang sách"), address.without("o")
    if asked.phrase:
        yield _("nguyên cụm “%(words)s”") % {"words": asked.phrase}, address.without("cum")
    if asked.near:
        first, second, gap = asked.near
        said = _("“%(first)s” gần “%(second)s”, cách nhau nhiều nhất %(gap)s") % {"first": first, "second": second, "gap": gap}
        yield said, address.without("gan", "voi", "cach")
    if asked.excluded:
        yield _("không có “%(words)s”") % {"words": asked.excluded}, address.without("khong")
    if asked.fields:
        where = next(FIELD_LABELS[code] for code, fields in FIELDS.items() if fields == asked.fields)
        yield _("tìm ở: %(where)s") % {"where": where}, address.without("trong")
    if asked.collection:
        title = titles_for(ANONYMOUS).get(asked.collection, asked.collection)
        yield _("trong bộ sưu tập: %(title)s") % {"title": title}, address.without("bo")
    if asked.people:
        yield _("người: %(name)s") % {"name": asked.people}, address.without("nguoi")
    if asked.dates:
        yield _years(asked.dates.first[:4], asked.dates.last[:4]), address.without("tu", "den")
    if asked.box:
        yield _("khung trên bản đồ"), address.without("khung")


def _years(first: str, last: str) -> str:
    first, last = first.lstrip("0"), last.lstrip("0")
    if first and last:
        return _("năm %(first)s–%(last)s") % {"first": first, "last": last}
    return _("từ năm %(year)s") % {"year": first} if first else _("đến năm %(year)s") % {"year": last}
