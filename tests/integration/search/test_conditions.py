"""Short requests through the page, on both engines: what was understood decides, is shown, and can be taken away."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from library.records.models import RecordDate
from library.records.profiles import profile
from library.records.profiles.values import as_stored
from library.vocabularies.models import AdminUnit, EthnicGroup
from search.indexing.knowledge import forget, learn
from tests.factories import make_group, make_record, make_term
from tests.library.pages.examples import FESTIVAL, make_picture

from .searching import drain, titles

pytestmark = pytest.mark.django_db


def festival(title: str, month: int, **fields: Any) -> Any:
    rule = {"calendar": "vn-lunar", "start_month": month, "start_day": 8, "around": False}
    details = as_stored(profile("festival"), {**FESTIVAL, "date_rule": rule}, title)
    return make_record(title, record_type="festival", details=details, **fields)


def costume(title: str, **fields: Any) -> Any:
    details = as_stored(profile("costume"), {"kind": "garment", "wearer": ["women"]}, title)
    return make_record(title, record_type="costume", details=details, **fields)


def word(form: str, gloss: str, group: EthnicGroup) -> Any:
    senses = [{"type": "item", "value": {"vi": gloss, "en": ""}}]
    own = {"headword": {"text": form, "lang": "und"}, "orthography": {"name": "IPA"}, "variety": {"name": "x"}, "senses": senses}
    stored = [{"type": "lexeme", "value": own}]
    return make_record(f"{form} – {gloss}", record_type="lexeme", details=stored, groups=[group], summary_vi="")


@pytest.fixture(scope="module")
def shared_collection(shared_site: str) -> None:
    """A few records of several types, peoples, places and months."""
    mong, cham, ba_na = make_group("08", "Mông"), make_group("17", "Chăm", "Cham"), make_group("13", "Ba Na", "Bahnar")
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    festival("Lễ hội Gầu Tào", 1, groups=[mong], places=[province], summary_vi="Người Mông dựng cây nêu.")
    festival("Lễ hội Nào Lồng", 2, groups=[mong], places=[province], summary_vi="Cúng rừng.")
    festival("Lễ hội tháng Chạp", 12, groups=[make_group("09", "Dao")])
    festival("Lễ hội Katê", 7, groups=[cham], summary_vi="Áo mới, cúng tháp, tháng giêng ở Lào Cai không có.")
    costume("Váy lanh", groups=[mong], summary_vi="Vải lanh.")
    costume("Trang phục cổ truyền", groups=[cham], summary_vi="Vải dệt.")
    mong.names.create(name="Hmong", kind="english", display=True)
    art = [{"type": "heritage_element", "value": {"category": "nghe-thuat-trinh-dien"}}]
    make_record("Khèn", groups=[mong], summary_vi="Sáu ống trúc.", details=art)
    make_record("Nghề chạm bạc", groups=[make_group("09", "Dao")], summary_vi="Chạm bạc trên áo.", details=art)
    word("daːk", "nước", ba_na)
    word("naːk", "nước", make_group("06", "Mường", "Muong"))
    for code, label in (("festival", "Lễ hội"), ("costume", "Trang phục"), ("lexeme", "Từ, câu")):
        make_term("record_types", code, label)
    drain(shared_site)
    learn()


@pytest.fixture
def collection(shared_collection: None) -> None:
    """The collection, for a test that adds nothing to the index; what the process knows of names is read again for each."""
    forget()


def understood(client: Client, query: str, **parameters: str) -> Any:
    return client.get("/tim-kiem/", {"q": query, **parameters}).context["results"].understood


def test_a_request_is_answered_by_what_it_means(collection: None, client: Client) -> None:
    meant = {
        "le hoi thang gieng o lao cai": ["Lễ hội Gầu Tào"],
        "lễ hội tháng Giêng": ["Lễ hội Gầu Tào"],
        "nuoc tieng ba na": ["daːk – nước"],
        "ao cham": ["Trang phục cổ truyền"],
        "khen mong": ["Khèn"],
        "le hoi nguoi cham": ["Lễ hội Katê"],
        "hmong festivals": ["Lễ hội Gầu Tào", "Lễ hội Nào Lồng"],
    }
    results = {query: client.get("/tim-kiem/", {"q": query}).context["results"] for query in meant}
    assert {query: sorted(str(hit.line.title) for hit in found.hits[: found.total]) for query, found in results.items()} == meant
    assert {query: found.total for query, found in results.items()} == {query: len(titles) for query, titles in meant.items()}


def test_february_is_a_month_of_the_other_calendar(collection: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.indexing.vocabulary.timezone.localdate", lambda: date(2026, 11, 29))
    assert titles(client, "festival february")[0] == "Lễ hội Gầu Tào"  # 14/2/2027
    assert titles(client, "lễ hội tháng 3")[0] == "Lễ hội Nào Lồng"  # 15/3/2027


def test_the_line_says_what_was_understood(collection: None, client: Client) -> None:
    page = client.get("/tim-kiem/", {"q": "le hoi nguoi mong thang gieng"}).content.decode()
    assert "Bạn gõ <b>le hoi nguoi mong thang gieng</b>, không dấu. Đã hiểu là:" in page
    assert "lễ hội người Mông tháng Giêng" in page
    chips = understood(client, "le hoi nguoi mong thang gieng").chips
    assert [chip.label for chip in chips] == ["Loại: Lễ hội", "Dân tộc: Mông", "Thời gian: tháng Giêng âm lịch"]


def test_a_condition_is_taken_away(collection: None, client: Client) -> None:
    chips = {chip.code: chip.url for chip in understood(client, "lễ hội của người Mông tháng giêng").chips}
    wider = client.get(chips["month"]).context["results"]
    assert (wider.query, wider.total) == ("lễ hội của người Mông", 2)
    assert client.get(chips["people"]).context["results"].query == "lễ hội tháng giêng"


def test_the_very_words_can_be_looked_for(collection: None, client: Client) -> None:
    assert titles(client, "ao cham")[0] == "Trang phục cổ truyền"
    page = client.get(understood(client, "ao cham").as_typed_url)
    results = page.context["results"]
    assert str(results.hits[0].line.title) == "Nghề chạm bạc"
    assert results.understood is None and results.answers == ()
    assert [chip.label for chip in results.removals] == ["đúng chữ đã gõ"]
    assert "dung=1" in results.save_url and all("dung=1" in link.url for link in results.exports)


def test_an_export_has_what_the_page_counts(collection: None, client: Client) -> None:
    lines = client.get("/tim-kiem/xuat/csv/", {"q": "le hoi thang gieng"}).content.decode().splitlines()
    assert len(lines) == 2 and "Gầu Tào" in lines[1]


def test_a_wrong_condition_hides_nothing(collection: None, client: Client) -> None:
    """Nobody has photos: the costumes themselves come, and then what has the words."""
    results = client.get("/tim-kiem/", {"q": "ảnh trang phục người Mông"}).context["results"]
    assert [notice.code for notice in results.notices] == ["some_conditions"]
    assert str(results.hits[0].line.title) == "Váy lanh"
    assert titles(client, "lễ hội Nào Lồng ở Huế")[0] == "Lễ hội Nào Lồng"


def test_photos_and_years(site: str, client: Client) -> None:
    pictured, old = costume("Váy lanh"), make_record("Chữ Mông")
    make_picture(pictured, own_access="public")
    costume("Khăn")
    make_term("record_types", "script", "Chữ viết")
    RecordDate.objects.create(record=old, edtf="1961")
    pictured.save()
    old.save()
    drain(site)
    assert titles(client, "trang phục có ảnh")[0] == "Váy lanh"
    assert client.get("/tim-kiem/", {"q": "chữ Mông năm 1961"}).context["results"].total == 1
    assert [chip.label for chip in understood(client, "chữ Mông năm 1961").chips] == ["Loại: Chữ viết", "Dân tộc: Mông", "Năm: 1961"]


def test_what_comes_soon_is_the_calendar_the_nearest_day_first(collection: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.asking.conditions.timezone.localdate", lambda: date(2027, 1, 5))
    results = client.get("/tim-kiem/", {"q": "lễ hội sắp tới"}).context["results"]
    coming = [str(hit.line.title) for hit in results.hits[: results.total]]
    assert coming == ["Lễ hội tháng Chạp", "Lễ hội Gầu Tào", "Lễ hội Nào Lồng"]


def test_an_old_name_is_understood_and_never_given_back(collection: None, client: Client) -> None:
    make_group("08", "Mông").names.create(name="Mẹo Cũ", kind="deprecated", display=False)
    page = client.get("/tim-kiem/", {"q": "nguoi meo cu"}).content.decode()
    assert "Mẹo Cũ" not in page and "mẹo cũ" not in page


def test_a_commune_of_today_or_a_former_district_is_a_place(site: str, client: Client) -> None:
    levels = AdminUnit.Level
    commune = AdminUnit.objects.create(level=levels.COMMUNE, code="1", label_vi="Xã Bắc Hà", kind="xã", slug="xa-bac-ha")
    AdminUnit.objects.create(level=levels.FORMER_DISTRICT, code="2", label_vi="Huyện Mường Khương", kind="huyện", slug="huyen-muong-khuong")
    make_record("Đua ngựa", places=[commune], summary_vi="Ngựa chạy.")
    make_record("Đua ngựa gỗ", summary_vi="Trẻ em chơi.")
    make_record("Chợ phiên", summary_vi="Họp ở Mường Khương.")
    drain(site)
    for query, title in (("dua ngua o bac ha", "Đua ngựa"), ("chợ phiên huyện Mường Khương", "Chợ phiên")):
        results = client.get("/tim-kiem/", {"q": query}).context["results"]
        assert (results.total, str(results.hits[0].line.title)) == (1, title)
    assert [chip.label for chip in understood(client, "dua ngua o bac ha").chips] == ["Nơi: Xã Bắc Hà"]
