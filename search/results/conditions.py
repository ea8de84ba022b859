"""The conditions of a search that are no facets, in words, each with the address of the search without it."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _

from library.access import ANONYMOUS
from library.calendars.day_numbers import historical_year, year_of
from library.calendars.edtf_dates import short_year

from ..asking.within_collection import titles_for
from ..facets import facet_named
from ..query.plan import DateRange
from ..request import FIELD_LABELS, FIELDS, SearchForm, SearchRequest
from .addresses import Address


def conditions_in_words(parameters: QueryDict) -> str:
    """A whole search in one line, for the name of a saved one; empty for one that cannot be searched."""
    form = SearchForm(parameters)
    if not form.is_valid():
        return ""
    request, address = form.request(), Address(parameters)
    sentences = [words for words, _url in conditions(request, address)]
    for name, values in request.facets.items():
        facet = facet_named(name)
        labels = facet.labels(values) if facet else {}
        sentences += [labels[value] for value in values if value in labels]
    return " · ".join(filter(None, [request.text, *sentences])) or _("mọi tư liệu")


def conditions(request: SearchRequest, address: Address) -> Iterator[tuple[str, str]]:
    """For each condition a sentence, and the address of the search without it."""
    if request.as_typed:
        yield _("đúng chữ đã gõ"), address.without("dung")
    if request.inside:
        yield _("trong bản ghi và trang sách"), address.without("o")
    if request.phrase:
        yield _("nguyên cụm “%(words)s”") % {"words": request.phrase}, address.without("cum")
    if request.near:
        first, second, gap = request.near
        sentence = _("“%(first)s” gần “%(second)s”, cách nhau nhiều nhất %(gap)s") % {"first": first, "second": second, "gap": gap}
        yield sentence, address.without("gan", "voi", "cach")
    if request.excluded:
        yield _("không có “%(words)s”") % {"words": request.excluded}, address.without("khong")
    if request.fields:
        where = next(FIELD_LABELS[code] for code, fields in FIELDS.items() if fields == request.fields)
        yield _("tìm ở: %(where)s") % {"where": where}, address.without("trong")
    if request.collection:
        title = titles_for(ANONYMOUS).get(request.collection, request.collection)
        yield _("trong bộ sưu tập: %(title)s") % {"title": title}, address.without("bo")
    if request.people:
        yield _("người: %(name)s") % {"name": request.people}, address.without("nguoi")
    if request.dates:
        yield _years(request.dates), address.without("tu", "den")
    if request.box:
        yield _("khung trên bản đồ"), address.without("khung")


def _years(days: DateRange) -> str:
    first, last = (None if day is None else short_year(historical_year(year_of(day))) for day in (days.first, days.last))
    if first and last:
        return _("năm %(first)s–%(last)s") % {"first": first, "last": last}
    return _("từ năm %(year)s") % {"year": first} if first else _("đến năm %(year)s") % {"year": last}
