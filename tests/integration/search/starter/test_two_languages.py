"""A walk over every kind of public page of the starter collection, in both languages: what is in another language says so (WCAG 3.1.2).

Proper names are of no language: those of the authorities, and those that editors name in English texts of their own.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import Resolver404, resolve

from library.access import ANONYMOUS
from library.curation.models import StoryPage
from library.records.models import Record
from media_pipeline.models import Segment
from tests.integration.conftest import ENGINES
from tests.library.language.sentences import ENGLISH, VIETNAMESE, Sentences

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.parametrize("site", ENGINES[:1], indirect=True)]

START = (
    "/",
    "/dan-toc/mong/",
    "/dan-toc/cham/",
    "/tinh/lao-cai/",
    "/lich-le-hoi/?xem=loi",
    "/tim-kiem/?q=le+hoi+lao+cai",
    "/tim-kiem/?q=moon",
)
OF_TYPE = 2  # records of each type
LEAST = 60  # pages; fewer means that the walk lost its way
ENDING = re.compile(r"\s*…$")


def walk(client: Client, prefix: str) -> dict[str, Sentences]:
    """Address → the page, for one address of each view that links lead to, each page of text, and records of each type."""
    waiting = [prefix + address for address in [*START, *_records()]]
    pages: dict[str, Sentences] = {}
    known: set[object] = set()
    while waiting:
        address = waiting.pop(0)
        response: Any = client.get(address, follow=True)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            assert response.status_code < 500, f"{address}: {response.status_code}"
            continue
        pages[address] = Sentences(response.content.decode())
        for link in pages[address].links:
            view = _view(link, prefix)
            if view and view not in known:
                known.add(view)
                waiting.append(link)
    assert len(pages) >= LEAST
    return pages


def _records() -> Iterator[str]:
    public = Record.objects.visible_to(ANONYMOUS)
    for kind in public.order_by().values_list("record_type", flat=True).distinct():
        for record in public.filter(record_type=kind).order_by("pk")[:OF_TYPE]:
            yield record.get_absolute_url()


def _view(link: str, prefix: str) -> object:
    """The view that a link in the language of the page leads to, each page of text as one of its own; None for other links."""
    path = urlsplit(link).path
    if not path.startswith(f"{prefix}/") or path.startswith(("/admin/", "/tep/", "/tiet-kiem/", *([] if prefix else ["/en/"]))):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.args if match.url_name == "wagtail_serve" else match.url_name


@pytest.fixture
def written(site: str) -> str:
    """What editors wrote in English: it names things by their names."""
    texts = [text for row in Record.objects.values_list("title_en", "summary_en") for text in row]
    texts += Segment.objects.filter(track__language="en").values_list("text", flat=True)
    for page in StoryPage.objects.all():
        texts += [page.title_en, page.lede_en, page.sources_en, *_strings(list(page.body.raw_data))]
    return "\n".join(texts)


def _strings(value: Any) -> Iterator[str]:
    """All texts inside the blocks of a story."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def test_an_english_page_marks_what_is_in_vietnamese(site: str, client: Client, proper_names: re.Pattern[str], written: str) -> None:
    pages = walk(client, "/en")
    faults = [
        f"{address}: {text}"
        for address, page in pages.items()
        for text in page.unmarked
        if VIETNAMESE.search(proper_names.sub("", text)) and ENDING.sub("", text) not in written
    ]
    assert not faults, "\n".join(faults)
    in_vietnamese_only = Record.objects.visible_to(ANONYMOUS).filter(~Q(summary_vi=""), summary_en="").first()
    if in_vietnamese_only:
        assert "In Vietnamese only." in client.get(f"/en{in_vietnamese_only.get_absolute_url()}").content.decode()


def test_a_vietnamese_page_marks_what_is_in_english(site: str, client: Client) -> None:
    pages = walk(client, "")
    assert not [
        f"{address}: {text}"
        for address, page in pages.items()
        for text in page.unmarked
        if len(ENGLISH.findall(text)) >= 2 and not VIETNAMESE.search(text)
    ]
