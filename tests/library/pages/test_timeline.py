"""The timeline: centuries and years of dated records, today's day in other years, and only what a reader may see."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordDate, TimelineDate
from library.records.timeline import detail_columns
from library.vocabularies.models import AdminUnit
from tests.factories import make_community, make_group, make_record, make_term, make_user
from tests.library.pages.examples import make_admin, text

pytestmark = pytest.mark.django_db
TIMELINE, CENTURY = "/dong-thoi-gian/", "/dong-thoi-gian/the-ky-19/"


def make_dated(title: str, *dates: str, wording: str = "", calendar: str = "", **fields: object) -> Record:
    record = make_record(title, **fields)
    for edtf in dates:
        row = RecordDate(record=record, edtf=edtf, wording=wording, calendar=make_term("calendars", calendar) if calendar else None)
        row.save()
    record.save()
    return record


@pytest.fixture
def on_26_april(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """26 April 2026 is the tenth day of the third lunar month."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_names: date(2026, 4, 26))
    yield


def counts(client: Client, address: str = TIMELINE) -> dict[str, int]:
    return {century.slug: century.count for century in client.get(address).context["centuries"]}


def test_centuries_tell_their_years_and_how_many_dates_say_none(client: Client):
    make_dated("Đường thiên di", "18XX~")
    make_dated("Khởi nghĩa", "1833-07/1835-03", "1827")
    page = client.get(TIMELINE)
    (century,) = page.context["centuries"]
    assert [(year.number, year.count) for year in century.years] == [(1827, 1), (1833, 1)]
    assert (century.count, century.without_year, page.context["total"]) == (3, 1, 3)


def test_a_century_says_what_is_uncertain_and_how_long_a_thing_lasted(client: Client):
    make_dated("Đường thiên di", "18XX~")
    make_dated("Khởi nghĩa", "1833-07/1835-03")
    make_dated("Bộ chữ", "[1860,1861]")
    make_dated("Làng cũ", "../1899")
    page = text(client.get(CENTURY))
    for words in ("khoảng thế kỷ 19", "từ 7/1833 đến 3/1835", "1860 hoặc 1861", "đến 1899"):
        assert words in page
    assert [line.line.title for line in client.get(CENTURY).context["without_year"]] == ["Đường thiên di", "Bộ chữ"]


def test_one_year_and_what_is_no_year_or_century(client: Client):
    make_dated("Khởi nghĩa", "1833")
    make_dated("Làng", "1827")
    page = client.get(CENTURY, {"nam": "1833"})
    assert "Khởi nghĩa" in text(page) and ">Làng<" not in text(page) and 'content="noindex"' in text(page)
    for address in (
        "/dong-thoi-gian/the-ky-x/",
        "/dong-thoi-gian/the-ky-3/",
        f"{CENTURY}?nam=x",
        f"{CENTURY}?trang=2",
        f"{TIMELINE}?tinh=x",
    ):
        assert client.get(address).status_code == 404, address


def test_listings_stand_in_the_year_of_their_decision_each_practice_once(client: Client):
    listing = {"level": "national", "title": "Cấp sắc", "year": "2012", "decision": "5079/QĐ-BVHTTDL"}
    items = [{"type": "item", "value": listing | {"title": title}} for title in ("Cấp sắc", "Cấp sắc của người Dao")]
    make_record("Cấp sắc", details=[{"type": "heritage_element", "value": {"category": "le-hoi", "listings": items}}])
    page = client.get("/dong-thoi-gian/the-ky-21/")
    assert [(line.year, line.what) for line in page.context["with_year"]] == [("2012", "vào danh mục quốc gia")]


def test_what_a_reader_may_not_see_is_neither_told_nor_counted(client: Client):
    own = make_community()
    make_dated("Mo Mường", "1833", own_access="community", communities=[own])
    make_dated("Chợ phiên", "1833")
    assert counts(client) == {"the-ky-19": 1} and "Mo Mường" not in text(client.get(CENTURY))
    assert client.get(TIMELINE).context["groups"] == [("nhom-08", "Mông", 1)]
    client.force_login(make_user(communities=(own,)))
    assert counts(client) == {"the-ky-19": 2} and "Mo Mường" in text(client.get(CENTURY))


def test_links_narrow_to_a_people_and_a_province_and_out_again(client: Client, province: AdminUnit):
    make_dated("Mông ở Lào Cai", "1833", places=[province])
    make_dated("Dao", "1827", groups=[make_group("05", "Dao", "Dao")])
    assert counts(client, f"{TIMELINE}?dan-toc=nhom-05") == {"the-ky-19": 1}
    page = client.get(TIMELINE, {"dan-toc": "nhom-08"})
    assert 'href="?dan-toc=nhom-08&amp;tinh=lao-cai"' in text(page) and 'content="noindex"' in text(page)
    both = client.get(TIMELINE, {"dan-toc": "nhom-08", "tinh": "lao-cai"})
    assert counts(client, f"{TIMELINE}?dan-toc=nhom-08&tinh=lao-cai") == {"the-ky-19": 1}
    assert f'href="{TIMELINE}?tinh=lao-cai"' in text(both) and f'href="{CENTURY}?dan-toc=nhom-08&amp;tinh=lao-cai"' in text(both)
    assert "Chưa có mốc nào" in text(client.get(CENTURY, {"dan-toc": "nhom-05", "tinh": "lao-cai"}))


@pytest.mark.usefixtures("on_26_april")
def test_on_this_day_is_told_in_both_calendars_and_only_when_there_is_something(client: Client):
    make_dated("Ngày khác", "1886-06-22")
    assert "Ngày này" not in text(client.get(TIMELINE)).replace("ngày này", "")
    make_dated("Lập trường", "1926-04-26")
    make_dated("Người soạn sách", "1888-01-02/1934-04-26")
    make_dated("Giỗ Tổ", "1975-04-20", wording="mùng 10 tháng 3 âm lịch 1975", calendar="vn-lunar")
    page = client.get(TIMELINE)
    assert [str(line.line.title.plain) for line in page.context["of_day"]] == ["Người soạn sách", "Lập trường", "Giỗ Tổ"]
    assert "mùng 10 tháng 3 âm lịch 1975" in text(page)


def test_rows_follow_the_record_and_go_with_it(client: Client):
    record = make_dated("Chợ phiên", "1833")
    kept = TimelineDate.objects.get()
    record.save()
    assert TimelineDate.objects.get() == kept
    RecordDate.objects.update(edtf="1907")
    record.save()
    assert counts(client) == {"the-ky-20": 1}
    withdraw(record, user=make_admin(), reason="Cộng đồng yêu cầu")
    assert not TimelineDate.objects.exists()


def test_own_fields_have_a_date_where_everybody_may_see_them():
    life = [{"type": "person", "value": {"names": [{"text": "A", "lang": "vi"}], "living": "no", "life_years": "1936"}}]
    issued = [{"type": "document", "value": {"issued": "2014-12-19"}}]
    assert list(detail_columns("person", life)) == []
    assert [columns[:2] for columns in detail_columns("document", issued)] == [("issued", "2014-12-19")]


def test_the_english_page_is_english_and_marks_names_that_are_not(client: Client):
    make_dated("Khởi nghĩa", "18XX")
    page = text(client.get(f"/en{CENTURY}"))
    assert "The 19th century" in page and '<span lang="vi">Khởi nghĩa</span>' in page and '"inLanguage":"en"' in page.replace(" ", "")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/en{CENTURY}">' in page
    assert "/en/dong-thoi-gian/the-ky-19/" in text(client.get("/sitemap-dong-thoi-gian.xml"))
