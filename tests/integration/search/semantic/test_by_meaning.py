"""Search by meaning on the site: it orders what the words found, and shows nobody more than the words do."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from library.records.models import Record
from search.indexing.rebuild import rebuild_index
from search.indexing.vectors.nightly import NightlyVectors
from search.models import CuratedPin, CuratedQuestion, RecordVector
from tests.factories import make_community, make_record, make_user
from tests.integration.search.searching import drain, fresh, titles
from tests.small_model import SmallModel, switch_off, switch_on

pytestmark = pytest.mark.django_db

QUESTION = "người ta dùng nhạc gì trong ngày tết"  # 8 words
WORDS_FIRST = "Người ta dùng gì trong ngày"
MEANT = "Khèn và sáo trong nhạc"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, settings: Any, site: str) -> Iterator[SmallModel]:
    """The site with the small model, its index rebuilt for it."""
    model = switch_on(monkeypatch, settings)
    fresh()
    rebuild_index(site)
    yield model
    switch_off()


def night(site: str) -> None:
    """All that the worker does at night."""
    nightly = NightlyVectors()
    while nightly.step():
        pass
    drain(site)


def make_two(**fields: Any) -> Record:
    make_record(WORDS_FIRST, summary_vi="Trong ngày ấy người ta dùng gì.")
    return make_record(MEANT, summary_vi="Nhạc của ngày tết người ta nghe.", **fields)


def test_after_the_night_a_question_finds_first_what_it_means(site: str, model: SmallModel, client: Client) -> None:
    make_two()
    drain(site)
    by_words = titles(client, QUESTION)
    assert by_words == [WORDS_FIRST, MEANT]
    night(site)
    fresh()
    assert titles(client, QUESTION) == [MEANT, WORDS_FIRST]


def test_the_search_page_of_the_admin_tells_how_many_records_were_read(site: str, model: SmallModel, client: Client, settings: Any) -> None:
    make_two()
    client.force_login(make_user("administrator"))
    assert "đã đọc 0 trên 2 tư liệu" in client.get("/admin/tim-kiem/").content.decode()
    night(site)
    assert "đã đọc 2 trên 2 tư liệu" in client.get("/admin/tim-kiem/").content.decode()
    settings.SEARCH_SEMANTIC = False
    switch_off()
    assert "Tìm theo nghĩa" not in client.get("/admin/tim-kiem/").content.decode()


def test_what_is_counted_and_the_facets_stay_those_of_the_words(site: str, model: SmallModel, client: Client) -> None:
    make_two()
    make_record("Sáo", summary_vi="khèn sáo nhạc tết")  # near, but without half of the words
    night(site)
    fresh()
    found = client.get("/tim-kiem/", {"q": QUESTION}).context["results"]
    assert found.total == 2


def test_short_requests_are_ordered_by_their_words_alone(site: str, model: SmallModel, client: Client) -> None:
    make_two()
    night(site)
    fresh()
    model.read.clear()
    titles(client, "nhạc tết")
    titles(client, f'"{QUESTION}"')
    titles(client, QUESTION, xep="moi")
    assert model.read == []


def test_a_question_without_marks_is_read_with_them(site: str, model: SmallModel, client: Client) -> None:
    make_two()
    night(site)
    rebuild_index(site)  # learns the spelling
    fresh()
    model.read.clear()
    titles(client, "Nguoi ta dung nhac gi trong ngay tet")
    assert model.read == ["Người ta dùng nhạc gì trong ngày tết"]


def test_a_changed_record_is_ordered_by_its_words_until_the_night(site: str, model: SmallModel, client: Client) -> None:
    record = make_two()
    night(site)
    record.summary_vi = "Nhạc của ngày tết người ta nghe, theo lời kể mới."
    record.save()
    drain(site)
    fresh()
    assert titles(client, QUESTION) == [WORDS_FIRST, MEANT]
    night(site)
    fresh()
    assert titles(client, QUESTION) == [MEANT, WORDS_FIRST]


def test_a_closed_record_is_told_to_nobody_by_what_it_means(site: str, model: SmallModel, client: Client) -> None:
    make_two(communities=[make_community()], own_access="community")
    night(site)
    fresh()
    assert titles(client, QUESTION) == [WORDS_FIRST]


def test_nothing_is_read_twice_and_vectors_of_gone_records_go(site: str, model: SmallModel) -> None:
    record = make_two()
    night(site)
    assert RecordVector.objects.count() == 2
    model.read.clear()
    night(site)
    assert model.read == []
    record.live = False
    record.save()
    night(site)
    assert RecordVector.objects.count() == 1


def test_by_day_the_worker_reads_nothing(site: str, model: SmallModel, settings: Any) -> None:
    make_two()
    hour = timezone.localtime().hour
    settings.SEARCH_SEMANTIC_HOURS = ((hour + 2) % 24, (hour + 3) % 24)
    assert NightlyVectors().step() is False
    assert model.read == []


def test_what_a_curator_pinned_stays_first(site: str, model: SmallModel, client: Client) -> None:
    pinned = make_record("Người ta ghim", summary_vi="Không nói gì.")
    make_two()
    question = CuratedQuestion.objects.create(question=QUESTION, note="thử")
    CuratedPin.objects.create(curated=question, record=pinned)
    night(site)
    fresh()
    assert titles(client, QUESTION) == ["Người ta ghim", MEANT, WORDS_FIRST]


def test_the_same_question_needs_no_second_reading(site: str, model: SmallModel, client: Client) -> None:
    make_two()
    night(site)
    fresh()
    model.read.clear()
    titles(client, QUESTION)
    titles(client, QUESTION)
    assert model.read == [QUESTION]
