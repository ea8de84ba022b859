"""Which records an address of the export page means: some by key (``id``), else what the list of records shows for the same address."""

import copy
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse

from library.records.access.permissions import records_with_any_right
from library.records.models import Record
from library.records.queryset import RecordQuerySet

LIST = "wagtailsnippets_records_record:list"
OF_ONE_PAGE = ("p", "id", "ordering", "next", "_w_filter_fragment")  # parts of an address that choose nothing in a list
MOST_BY_KEY = 1_000
LONGEST_KEY = 19  # digits: a longer one is no key


def records_of(request: HttpRequest) -> RecordQuerySet:
    """The chosen records, before the access rule is asked."""
    keys = [int(key) for key in request.GET.getlist("id") if key.isdecimal() and len(key) < LONGEST_KEY][:MOST_BY_KEY]
    if request.GET.getlist("id"):
        return Record.objects.filter(pk__in=keys)
    return _listed(request) if _chosen(request.GET) else records_with_any_right(request.user)


def selection_in(query: QueryDict) -> str:
    """``some``, ``filtered`` or ``all``: how the records were chosen."""
    return "some" if query.getlist("id") else "filtered" if _chosen(query) else "all"


def _chosen(query: QueryDict) -> bool:
    return any(value for name, value in query.items() if name not in OF_ONE_PAGE)


def _listed(request: HttpRequest) -> RecordQuerySet:
    """What the list itself finds: its filters and its search have one home, and this package does not know it."""
    match: Any = resolve(reverse(LIST))
    asked: Any = copy.copy(request)
    asked.GET, asked.method, asked.resolver_match = _without_pages(request.GET), "GET", match
    view = match.func.view_class(**match.func.view_initkwargs)
    view.setup(asked, *match.args, **match.kwargs)
    found: RecordQuerySet = view.get_queryset()
    return found


def _without_pages(query: QueryDict) -> QueryDict:
    fresh = query.copy()
    for name in OF_ONE_PAGE:
        fresh.pop(name, None)
    return fresh
