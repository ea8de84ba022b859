"""The numbers under a page of results are those of every list: nothing is skipped without a sign, and the way on has a name."""

import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from library.access import ANONYMOUS
from search.asking.find import find
from search.request import SearchRequest
from search.results.results import results_of
from tests.factories import make_record

from .searching import drain

pytestmark = pytest.mark.django_db


def test_page_numbers_show_gaps_and_the_way_on(site: str) -> None:
    make_record("Lễ hội Gầu Tào")
    drain(site)
    request = SearchRequest(text="gầu tào", page=5)
    result = replace(find(SearchRequest(text="gầu tào"), ANONYMOUS), total=300)
    page = results_of(result, request, QueryDict("q=gầu+tào&trang=5")).pages
    html = render_to_string("components/pages.html", {"page": page}, request=RequestFactory().get("/tim-kiem/?q=gau&trang=5"))
    assert re.findall(r">\s*([^<>\s][^<>]*?)\s*<", html) == [
        "Trang trước",
        "Trang",
        "5 / 13",
        "1",
        "…",
        "4",
        "5",
        "6",
        "…",
        "13",
        "Trang sau",
    ]
    assert 'href="?q=gau&amp;trang=6" rel="next"' in html


def test_a_search_that_paging_does_not_reach_to_the_end_says_so(site: str) -> None:
    make_record("Lễ hội Gầu Tào")
    drain(site)
    found = find(SearchRequest(text="gầu tào"), ANONYMOUS)
    for total, cut in ((300, False), (5_000, True)):
        request = SearchRequest(text="gầu tào", page=-(-min(total, 1_000) // 24))
        page = results_of(replace(found, total=total), request, QueryDict("q=gầu+tào")).pages
        html = render_to_string("components/pages.html", {"page": page}, request=RequestFactory().get("/tim-kiem/?q=gau"))
        assert ("1.000 mục đầu" in html) is cut
