"""A walk over every screen of the admin that can be reached, in both languages: one language on each, and no stiff word in Vietnamese."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from wagtail.models import Page

from library.curation.load import load_pages
from library.records.models import Record
from library.records.models.choices import ReviewState
from library.review.workflow import load_review_workflow
from tests.factories import make_group, make_office, make_record, make_term, make_user
from tests.library.language.sentences import ENGLISH, VIETNAMESE, Sentences

START = ["/admin/", "/admin/snippets/records/record/", "/admin/snippets/records/record/add/?type=festival", "/admin/handbook/"]
LEAST = 40  # screens; fewer means that the walk lost its way
LEADS_AWAY = re.compile(r"/(?:logout|lang|autosave|export)|[?&](?:export|lang)=")
#: What officers stumbled over, with what stands there now in the staff's design.
STIFF = re.compile(
    r"quy trình|metadata|siêu dữ liệu|snippet|EDTF|BCP 47|thẻ ngôn ngữ|văn bản thay thế|xuất bản|Wagtail|DEBUG|Gửi duyệt theo"
    r"|Trang và mục của bạn|lúc Duyệt|TK/BC",
    re.IGNORECASE,
)
#: Names, which have one form: people's words, titles in the other language, the languages themselves.
NAMES = re.compile(r"Gầu Tào|Mông|Lễ hội|Tiếng Việt|tiếng Việt|English|Giáy|Cơ quan|Nguồn NQ202|Hội thử|Sở tinh-\d+|\bBộ\b")


def without_examples(text: str) -> str:
    """The text without the example at its end: a title or name in it may be of the other language."""
    return re.split(r"Ví dụ: |For example: |Choose from: |Chọn: |day before month: ", text)[0]


def screen_of(address: str) -> str:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return f"{match.view_name} {match.kwargs.get('code') or match.kwargs.get('slug') or ''}"


def walk(client: Client) -> dict[str, Sentences]:
    """Address → the page, for one address of each screen that links lead to."""
    waiting, known, pages = list(START), set(), {}
    while waiting:
        address = waiting.pop(0)
        screen = screen_of(address)
        if not screen or screen in known or LEADS_AWAY.search(address):
            continue
        known.add(screen)
        response: Any = client.get(address, follow=True)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            assert response.status_code < 500, f"{address}: {response.status_code}"
            continue
        page = pages[address] = Sentences(response.content.decode())
        waiting += [link for link in page.links if link.startswith("/admin/")]
    return pages


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    load_review_workflow()
    load_pages()
    make_term("rights_statements", "CNE")
    office = make_office()
    make_record("Lễ hội Gầu Tào", record_type="festival", details=[], groups=[make_group()], office=office, published=False)
    Record.objects.update(review_state=ReviewState.IN_REVIEW)
    user = make_user("administrator", office)
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


def faults(pages: dict[str, Sentences], wrong: Any, names: Iterable[str] = ()) -> list[str]:
    """The texts that are wrong once names are taken out: ``NAMES`` and the ``names`` that the office gave."""
    known = re.compile("|".join([NAMES.pattern, *map(re.escape, sorted(names, key=len, reverse=True))]))
    return [
        f"{address}: {text}"
        for address, page in pages.items()
        for text in sorted(page.texts)
        if wrong(known.sub("", without_examples(text)))
    ]


def test_every_screen_speaks_native_vietnamese(staff: Client) -> None:
    pages = walk(staff)
    assert len(pages) >= LEAST
    assert not faults(pages, lambda text: STIFF.search(text))
    assert not faults(pages, lambda text: len(ENGLISH.findall(text)) >= 2 and not VIETNAMESE.search(text))


def test_every_screen_speaks_english_to_those_who_choose_it(staff: Client) -> None:
    staff.get("/admin/", {"lang": "en"})
    pages = walk(staff)
    assert len(pages) >= LEAST
    assert not faults(pages, lambda text: VIETNAMESE.search(text), Page.objects.values_list("title", flat=True))


def test_a_sentence_of_the_other_language_would_be_seen() -> None:
    page = {"/": Sentences("<p>You have not been here.</p><p>Quy trình mới</p>")}
    assert faults(page, lambda text: len(ENGLISH.findall(text)) >= 2) and faults(page, lambda text: STIFF.search(text))
