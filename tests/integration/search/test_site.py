"""The search of the whole site: records saved, published and withdrawn through their verbs, the outbox drained, pages asked."""

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from library.records.actions.withdraw import withdraw
from library.vocabularies.models import AdminUnit
from search.checks import doctor
from search.engines.base import EngineUnavailable, walk
from search.engines.registry import engine
from search.indexing import outbox
from search.indexing.knowledge import learn
from search.models import IndexEvent, ZeroResultQuery
from search.quality import zero_results
from tests.factories import make_community, make_group, make_record, make_user

from .searching import drain, fresh, titles

NOBODY_LISTENS = "http://127.0.0.1:9"
pytestmark = pytest.mark.django_db


def test_a_published_record_is_found_without_marks(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào")
    assert titles(client, "le hoi gau tao") == []
    assert drain(site) > 0
    assert titles(client, "le hoi gau tao") == ["Lễ hội Gầu Tào"]
    assert not IndexEvent.objects.exists()


def test_a_draft_is_not_found(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào", published=False)
    drain(site)
    assert titles(client, "gầu tào") == []


def test_a_withdrawn_record_is_never_shown_even_before_the_index_knows(site: str, client: Client) -> None:
    record = make_record("Lễ hội Gầu Tào")
    drain(site)
    withdraw(record, user=make_user("administrator", record.office), reason="cộng đồng yêu cầu")
    assert titles(client, "gầu tào") == []
    drain(site)
    assert list(walk(engine(site))) == []


def test_readers_find_what_their_rights_open(site: str, client: Client) -> None:
    community = make_community()
    make_record("Hội mở")
    make_record("Hội của cộng đồng", own_access="community", communities=[community])
    drain(site)
    assert titles(client, "hội") == ["Hội mở"]
    client.force_login(make_user(communities=(community,)))
    assert set(titles(client, "hội")) == {"Hội mở", "Hội của cộng đồng"}


def test_the_page_counts_facets_and_narrows_by_them(site: str, client: Client) -> None:
    make_record("Hội một", groups=[make_group("08", "Mông", "Hmong")])
    make_record("Hội hai", groups=[make_group("02", "Tày", "Tay")])
    drain(site)
    response = client.get("/tim-kiem/", {"q": "hội"})
    groups = next(group for group in response.context["results"].facets if group.param == "dan-toc")
    assert {(value.label, value.count) for value in groups.values} == {("Mông", 1), ("Tày", 1)}
    tay = next(value.value for value in groups.values if value.label == "Tày")
    narrowed = client.get("/tim-kiem/", {"q": "hội", groups.param: tay}).context["results"]
    assert [str(hit.line.title) for hit in narrowed.hits] == ["Hội hai"]
    assert client.get(narrowed.removals[0].url).context["results"].total == 2


def test_marks_are_set_inside_escaped_text(site: str, client: Client) -> None:
    make_record("<b>Hội</b> Gầu Tào", summary_vi="Hội <script>alert(1)</script> mở đầu năm")
    drain(site)
    page = client.get("/tim-kiem/", {"q": "hoi"}).content.decode()
    assert "&lt;b&gt;<mark>Hội</mark>&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_an_unknown_word_gets_an_offer_and_its_results(site: str, client: Client) -> None:
    for number in range(3):
        make_record(f"Lễ hội Gầu Tào {number}")
    drain(site)
    learn()
    response = client.get("/tim-kiem/", {"q": "lễ hội gầu tàoo"})
    results = response.context["results"]
    assert results.did_you_mean.label == "lễ hội gầu tào"
    assert results.total == 3


def test_a_name_of_a_people_is_understood_as_a_condition(site: str, client: Client) -> None:
    make_group("08", "Mông", "Hmong").names.create(name="Hmông", kind="other", display=True)
    make_record("Lễ hội Gầu Tào")
    drain(site)
    results = client.get("/tim-kiem/", {"q": "người Hmông"}).context["results"]
    assert [chip.label for chip in results.understood.chips] == ["Dân tộc: Mông"]
    assert results.hits and not results.recognised


def test_a_province_of_today_and_the_former_one_of_its_name_are_one_condition(site: str, client: Client) -> None:
    today = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai")
    before = AdminUnit.objects.create(level="former_province", code="10", label_vi="Lào Cai")
    AdminUnit.objects.create(level="former_province", code="02", label_vi="Hà Giang")
    for title, where in (("Hội nay", {"places": [today]}), ("Hội xưa", {"former_units": [before]}), ("Hội khác", {})):
        make_record(title, **where)
    drain(site)
    results = client.get("/tim-kiem/", {"q": "le hoi lao cai"}).context["results"]
    assert {str(hit.line.title) for hit in results.hits[: results.total]} == {"Hội nay", "Hội xưa"}
    both = client.get("/tim-kiem/", {"q": "le hoi lao cai ha giang"}).context["results"]
    assert [chip.label for chip in both.understood.chips][1:] == ["Nơi: Lào Cai", "Nơi: Hà Giang"]


def test_a_name_in_a_long_question_narrows(site: str, client: Client) -> None:
    group = make_group("08", "Mông", "Hmong")
    make_record("Lễ hội Gầu Tào", groups=[group])
    drain(site)
    results = client.get("/tim-kiem/", {"q": "Người Mông ở Lào Cai mở hội Gầu Tào vào ngày nào?"}).context["results"]
    assert [(each.label, each.url.rpartition("&")[2]) for each in results.recognised] == [("Mông", "dan-toc=nhom-08")]


def test_a_deprecated_name_finds_and_is_in_nothing_the_page_says(site: str, client: Client) -> None:
    make_group("08", "Mông", "Hmong").names.create(name="Mẹo Cũ", kind="deprecated", display=False)
    make_record("Lễ hội Gầu Tào", summary_vi="Người Mông mở hội.")
    drain(site)
    response = client.get("/tim-kiem/", {"q": "meo cu"})
    assert response.context["results"].hits
    assert "Mẹo Cũ" not in response.content.decode()
    offers = client.get("/tim-kiem/goi-y/", {"q": "mẹo"}).json()["offers"]
    assert [offer["label"] for offer in offers] == ["Mông"]


BAD_INPUT: tuple[tuple[dict[str, str], int], ...] = (
    ({"q": "x" * 2001}, 400),
    ({"q": "a " * 900}, 200),
    ({"q": "hội", "xep": "không-có"}, 400),
    ({"q": "hội", "khong-co": "1"}, 400),
    ({"q": "hội", "fbclid": "1"}, 200),
    ({"q": "hội", "trang": "2"}, 404),
    ({"q": "hội", "trang": "999999999999"}, 404),
    ({"q": "hội", "trang": "abc"}, 404),
    ({"q": "hội", "tu": "2000", "den": "1990"}, 400),
    ({"q": "hội", "dan-toc": "không-có"}, 200),
    ({"q": "\x00"}, 400),
    ({"q": "\ud7ff'\";--"}, 200),
    ({}, 200),
)


def test_bad_input_gets_a_clear_answer(site: str, client: Client) -> None:
    for (parameters, status), language in product(BAD_INPUT, ("", "/en")):
        response = client.get(f"{language}/tim-kiem/", parameters)
        assert response.status_code == status, parameters
        assert b"</html>" in response.content


def test_hostile_queries_are_only_words(site: str, client: Client, corpora: Path) -> None:
    make_record("Lễ hội Gầu Tào")
    drain(site)
    for line in (corpora / "queries_search.txt").read_text(encoding="utf-8", errors="replace").splitlines():
        assert client.get("/tim-kiem/", {"q": line}).status_code in (200, 400)
        assert client.get("/tim-kiem/goi-y/", {"q": line}).status_code == 200


def test_suggestions_obey_the_access_rule(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào")
    hidden = make_record("Lễ hội kín", own_access="staff")
    drain(site)
    labels = [offer["label"] for offer in client.get("/tim-kiem/goi-y/", {"q": "le ho"}).json()["offers"]]
    assert labels == ["Lễ hội Gầu Tào"]
    assert hidden.title_vi not in json.dumps(labels)


def test_searches_without_results_are_counted_without_anything_personal(site: str, client: Client) -> None:
    for query in ("khèn lá", "khèn lá", "ai@do.vn", "số 0912345678", "một hai ba bốn năm sáu bảy tám chín"):
        client.get("/tim-kiem/", {"q": query})
    assert [(row.words, row.count) for row in ZeroResultQuery.objects.all()] == [("khèn lá", 2)]
    assert not ZeroResultQuery.objects.shown_to_staff().exists()
    assert {field.name for field in ZeroResultQuery._meta.get_fields()} == {"id", "day", "words", "mode", "language", "facets", "count"}


def test_searches_without_results_wait_in_memory_and_are_given_back_when_they_cannot_be_written(settings: Any, monkeypatch: Any) -> None:
    settings.ZERO_RESULTS_WRITTEN_EVERY = 3600.0
    notes, row = zero_results.Notes(), zero_results._Row(date(2026, 11, 26), "sáo môi", "full", "vi", "")
    notes.add(row)
    notes.add(row)
    assert not ZeroResultQuery.objects.exists()
    with monkeypatch.context() as patched:
        patched.setattr(ZeroResultQuery.objects, "get_or_create", _refused)
        notes.write_down()
    assert not ZeroResultQuery.objects.exists()
    notes.write_down()
    assert ZeroResultQuery.objects.get().count == 2
    notes.write_down()
    assert ZeroResultQuery.objects.get().count == 2


def _refused(**fields: Any) -> None:
    raise OperationalError("database is locked")


def test_without_any_engine_the_page_says_so_with_503(site: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise EngineUnavailable("down")

    monkeypatch.setattr(engine(site), "search", refuse)
    response = client.get("/tim-kiem/", {"q": "hội"})
    assert response.status_code == 503
    assert b"</html>" in response.content


def test_the_second_index_answers_when_the_first_is_down(
    settings: Any, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_INDEX_DIR, settings.SEARCH_ENGINE, settings.SEARCH_FALLBACKS = tmp_path, "elasticsearch", ["embedded"]
    settings.ELASTICSEARCH_URL = NOBODY_LISTENS
    fresh()
    make_record("Lễ hội Gầu Tào")
    outbox.drain_all()
    results = client.get("/tim-kiem/", {"q": "gau tao"}).context["results"]
    assert [str(hit.line.title) for hit in results.hits] == ["Lễ hội Gầu Tào"]
    assert "degraded" in {notice.code for notice in results.notices}
    assert set(outbox.pending().values_list("sink", flat=True)) == {"elasticsearch"}
    fresh()


def test_a_damaged_embedded_index_is_said_and_not_a_fault_of_the_page(settings: Any, tmp_path: Path, client: Client) -> None:
    settings.SEARCH_INDEX_DIR, settings.SEARCH_ENGINE, settings.SEARCH_FALLBACKS = tmp_path, "embedded", []
    fresh()
    engine("embedded").ensure()
    for file in tmp_path.rglob("meta.json"):
        file.write_text("{")
    fresh()
    assert client.get("/tim-kiem/", {"q": "hội"}).status_code == 503
    assert "failed" in {check["status"] for check in doctor() if check["name"] == "search-embedded"}
    fresh()


def test_words_may_be_excluded_and_looked_for_in_one_place(site: str, client: Client) -> None:
    make_record("Hội xuân", summary_vi="Người Mông mở hội.")
    make_record("Hội đua", summary_vi="Đua ngựa sau ngày xuân.")
    drain(site)
    assert titles(client, "hội", khong="xuân") == []
    assert titles(client, "hội", khong="đua") == ["Hội xuân"]
    assert titles(client, "xuan", trong="ten") == ["Hội xuân"]
    assert titles(client, "xuan", trong="noi-dung") == ["Hội đua"]


def test_years_narrow_to_what_may_have_happened_then(site: str, client: Client) -> None:
    for title, edtf in (("Hội cũ", "19XX"), ("Hội mới", "2005"), ("Hội xưa", "-0010")):
        record = make_record(title)
        record.dates.add(record.dates.model(edtf=edtf))
        record.save()
    drain(site)
    assert titles(client, "hội", tu="1975", den="1980") == ["Hội cũ"]
    assert titles(client, "hội", tu="-20", den="-5") == titles(client, "hội", tu="−11", den="-11") == ["Hội xưa"]
    assert titles(client, "hội", tu="1", den="100") == []
    assert set(titles(client, "hội", tu="1999")) == {"Hội cũ", "Hội mới"}
    decades = next(group for group in client.get("/tim-kiem/", {"q": "hội"}).context["results"].facets if group.param == "thap-nien")
    assert ("thập niên 2000", 1) in {(value.label, value.count) for value in decades.values}
