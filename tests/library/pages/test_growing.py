"""Pages ask the database the same number of questions however many records there are, and lists reach only so deep."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.curation.load import load_pages
from library.pages import paging
from library.pages.queries import counts
from library.pages.queries.narrowing import walk_is_shorter
from library.pages.views import home
from library.records.models import Record
from library.vocabularies.models import AdminUnit
from tests.factories import make_record, make_user
from tests.library.pages.examples import FESTIVAL, make_admin, text

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/", "/tu-lieu/", "/tu-lieu/?loai=festival&xep=ten", "/tu-lieu/?dan-toc=nhom-08", "/tu-lieu/?dan-toc=nhom-08&tinh=lao-cai",
    "/dan-toc/", "/dan-toc/nhom-08/", "/tinh/", "/tinh/lao-cai/", "/lich-le-hoi/", "/lich-le-hoi/?xem=loi", "/moi-dang.atom",
    "/sitemap.xml", "/sitemap-ban-ghi.xml",
)  # fmt: skip
ADMIN = ("/admin/snippets/records/record/", "/admin/snippets/records/record/?q=hoi")
CHOOSER = "/admin/snippets/choose/records/record/results/"


def make_many(count: int, province: AdminUnit) -> None:
    """Records of two kinds, more than a page of each list holds."""
    for number in range(count):
        make_record(f"Lễ hội {number}", record_type="festival", details=[{"type": "festival", "value": FESTIVAL}], places=[province])
        make_record(f"Nghề {number}", places=[province])


def number_of_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries)


def test_every_page_and_staff_list_asks_as_much_with_many_records_as_with_few(client: Client, province: AdminUnit):
    load_pages()
    staff = Client()
    staff.force_login(make_admin())
    make_many(3, province)
    few = {address: number_of_queries(client, address) for address in PUBLIC}
    few |= {address: number_of_queries(staff, address) for address in ADMIN}
    make_many(30, province)
    many = {address: number_of_queries(client, address) for address in PUBLIC}
    many |= {address: number_of_queries(staff, address) for address in ADMIN}
    assert many == few


def test_counts_are_remembered_until_a_record_changes(client: Client, settings):
    settings.PUBLIC_COUNTS_SECONDS = 60
    make_record("Một")
    counts.forget()
    assert client.get("/").context["record_count"] == 1
    Record.objects.update(live=False)  # tells nobody
    assert client.get("/").context["record_count"] == 1
    make_record("Hai")
    assert client.get("/").context["record_count"] == 1  # the new one, without the other
    counts.forget()


def test_members_count_their_own_records_beside_the_public_ones(client: Client):
    make_record("Một")
    make_record("Hai", own_access="signed_in")
    assert client.get("/").context["record_count"] == 1
    client.force_login(make_user())
    assert client.get("/").context["record_count"] == 2
    assert "2 tư liệu" in text(client.get("/tu-lieu/"))


def test_a_list_reaches_only_so_deep_and_says_so(client: Client, province: AdminUnit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paging, "DEEPEST", 48)
    for number in range(50):
        make_record(f"Nghề {number}", places=[province])
    last = client.get("/tu-lieu/", {"trang": "2"})
    assert "50 tư liệu" in text(last) and "48 mục đầu" in text(last)
    assert client.get("/tu-lieu/", {"trang": "3"}).status_code == 404
    assert "hơn 48 tư liệu" in text(client.get("/tu-lieu/", {"dan-toc": "nhom-08", "tinh": "lao-cai"}))


def test_a_staff_list_and_a_chooser_count_only_so_far(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("library.cataloguing.paging.DEEPEST", 50)
    staff = Client()
    staff.force_login(make_admin())
    for number in range(52):
        make_record(f"Nghề {number}")
    for address in (ADMIN[0], CHOOSER):
        with CaptureQueriesContext(connection) as queries:
            answer = staff.get(address)
        assert answer.status_code == 200
        assert all("LIMIT 51" in query["sql"] for query in queries if "COUNT(*)" in query["sql"] and "records_record" in query["sql"]), (
            address
        )
    assert "ơn 50 tư liệu" in text(staff.get(ADMIN[0]))


@pytest.mark.parametrize("walk", [False, True])
def test_both_ways_through_a_list_find_the_same(client: Client, province: AdminUnit, monkeypatch: pytest.MonkeyPatch, walk: bool):
    make_many(3, province)
    make_record("Nơi khác")
    monkeypatch.setattr("library.pages.views.listing.walk_is_shorter", lambda *numbers: walk)
    answer = client.get("/tu-lieu/", {"tinh": "lao-cai", "xep": "ten"})
    assert [str(line.title.plain) for line in answer.context["lines"]] == sorted(
        f"{kind} {n}" for kind in ("Lễ hội", "Nghề") for n in range(3)
    )


def test_a_walk_is_shorter_only_where_many_match():
    assert walk_is_shorter(found=50_000, among=100_000, last=24)
    assert not walk_is_shorter(found=50, among=100_000, last=24)
    assert not walk_is_shorter(found=1_000, among=100_000, last=9_000)


def test_words_of_the_day_are_many_even_where_their_number_has_a_common_divisor(client: Client, monkeypatch: pytest.MonkeyPatch):
    details = {
        "headword": {"text": "klaŋ¹", "lang": "mtq"},
        "senses": [{"type": "item", "value": {"vi": "mặt trăng", "en": "moon"}}],
        "orthography": {"name": "IPA"},
        "variety": {"name": "Mương"},
    }
    for number in range(12):
        make_record(f"từ {number}", record_type="lexeme", details=[{"type": "lexeme", "value": details}])
    shown = set()
    for day in range(60):
        monkeypatch.setattr(home.timezone, "localdate", lambda day=day: date(2026, 11, 28) + timedelta(days=day))
        word = home._word_of_the_day(Record.objects.filter(live=True))
        assert word is not None
        shown.add(word.url)
    assert len(shown) >= 9
