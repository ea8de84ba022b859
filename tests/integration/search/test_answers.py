"""The card above the hits: what a whole query names is the first thing on the page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from library.records.models import Record
from library.vocabularies.models import AdminChange, AdminUnit, EthnicGroup, GroupName
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL, make_word

from .searching import drain

pytestmark = pytest.mark.django_db
Level = AdminUnit.Level


def cards(client: Client, typed: str, **parameters: str) -> list[tuple[str, str]]:
    """Code and title of each card on the page."""
    response = client.get("/tim-kiem/", {"q": typed, **parameters})
    assert response.status_code == 200, response.content
    return [(card.code, card.title.plain) for card in response.context["results"].answers]


@pytest.fixture
def mong(site: str) -> None:
    """A people with an old name that must not be shown."""
    group = make_group("08", "Mông", "Hmong")
    GroupName.objects.create(group=group, name="Hmong", kind=GroupName.Kind.ENGLISH)
    GroupName.objects.create(group=group, name="Mèo", kind=GroupName.Kind.DEPRECATED, display=False)
    make_record("Lễ hội Gầu Tào", groups=[group])
    drain(site)


@pytest.fixture
def places() -> None:
    """A province of today with the two that became it, a commune of today, and one that went into it."""
    today = AdminUnit.objects.create(level=Level.PROVINCE, code="08", label_vi="Tuyên Quang", slug="tuyen-quang")
    for code, label, slug in (("02", "Hà Giang", "ha-giang"), ("08", "Tuyên Quang", "tuyen-quang")):
        old = AdminUnit.objects.create(level=Level.FORMER_PROVINCE, code=code, label_vi=label, slug=slug, valid_to=date(2025, 6, 30))
        AdminChange.objects.create(old=old, new=today, how=AdminChange.How.WHOLE, effective=date(2025, 7, 1))
    commune = AdminUnit.objects.create(level=Level.COMMUNE, code="00700", label_vi="Xã Lũng Cú", kind="xã", slug="xa-lung-cu", parent=today)
    former = AdminUnit.objects.create(
        level=Level.FORMER_COMMUNE, code="00715", label_vi="Xã Má Lé", kind="xã", slug="xa-ma-le", valid_to=date(2025, 6, 30)
    )
    AdminChange.objects.create(old=former, new=commune, how=AdminChange.How.WHOLE, effective=date(2025, 7, 1))


def test_a_people_is_found_by_any_of_its_names(mong: None, client: Client) -> None:
    names = ("Mông", "mong", "nguoi mong", "dân tộc Mông", "meo", "người Mèo", "Hmong")
    assert {typed: cards(client, typed)[0] for typed in names} == dict.fromkeys(names, ("people", "Mông"))


def test_an_old_name_is_never_given_back(mong: None, client: Client) -> None:
    page = client.get("/tim-kiem/", {"q": "nguoi meo"}).content.decode()
    assert 'href="/dan-toc/nhom-08/"' in page
    assert "Mèo" not in page


def test_the_card_says_what_the_library_has_of_the_people(mong: None, client: Client) -> None:
    card = client.get("/tim-kiem/", {"q": "mong"}).context["results"].answers[0]
    assert [way.count for way in card.ways_on] == [1]
    assert card.url == "/dan-toc/nhom-08/"


def test_a_place_of_today_or_of_before_is_found(places: None, site: str, client: Client) -> None:
    meant = {
        "tuyen quang": ("province", "Tuyên Quang"),
        "tỉnh Tuyên Quang": ("province", "Tuyên Quang"),
        "ha giang": ("former", "Hà Giang"),
        "lung cu": ("commune", "Xã Lũng Cú"),
        "xã Lũng Cú": ("commune", "Xã Lũng Cú"),
        "ma le": ("former", "Xã Má Lé"),
    }
    assert {typed: cards(client, typed) for typed in meant} == {typed: [card] for typed, card in meant.items()}


def test_a_former_province_leads_to_the_one_of_today(places: None, site: str, client: Client) -> None:
    card = client.get("/tim-kiem/", {"q": "ha giang"}).context["results"].answers[0]
    assert [(fact.words, fact.url) for fact in card.facts] == [("Tuyên Quang", "/tinh/tuyen-quang/")]


def test_a_commune_and_a_former_province_open_their_pages(places: None, site: str, client: Client) -> None:
    opened = {typed: client.get("/tim-kiem/", {"q": typed}).context["results"].answers[0].url for typed in ("lung cu", "ha giang")}
    assert opened == {"lung cu": "/xa/xa-lung-cu-00700/", "ha giang": "/tinh-cu/ha-giang/"}


def test_a_place_written_with_other_marks_is_not_meant(places: None, site: str, client: Client) -> None:
    assert cards(client, "xã Lùng Cù") == []


def test_a_record_is_found_by_its_code_its_ark_and_its_address(site: str, client: Client, settings) -> None:
    settings.ARK_NAAN = "12345"
    record = make_record("Lễ hội Gầu Tào", source_key="F-010")
    codes = (record.identifier, record.identifier.upper(), record.ark, f"https://example.vn{record.get_absolute_url()}", "f-010")
    assert {code: cards(client, code) for code in codes} == {code: [("code", "Lễ hội Gầu Tào")] for code in codes}


def test_a_page_with_an_answer_does_not_say_that_nothing_was_found(site: str, client: Client) -> None:
    record = make_record("Lễ hội Gầu Tào")
    assert "Chưa tìm thấy" not in client.get("/tim-kiem/", {"q": record.identifier}).content.decode()
    assert "Chưa tìm thấy" in client.get("/tim-kiem/", {"q": "khong co gi"}).content.decode()


def test_a_record_that_a_reader_may_not_see_has_no_card(site: str, client: Client) -> None:
    hidden = make_record("Lễ hội Gầu Tào", own_access="staff", source_key="F-010")
    draft = make_record("Bản nháp", published=False)
    assert [cards(client, code) for code in (hidden.identifier, "F-010", draft.identifier)] == [[], [], []]


def test_a_title_that_is_the_whole_query_has_a_card(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào")
    make_record("Lễ hội Gầu Tào của người Mông (Yên Bái)")
    drain(site)
    for typed in ("Lễ hội Gầu Tào", "le hoi gau tao", "gau tao"):
        assert cards(client, typed) == [("record", "Lễ hội Gầu Tào")]


def test_a_search_that_is_narrowed_has_no_card(mong: None, client: Client) -> None:
    assert cards(client, "mong", loai="festival") == []


def make_festival(title: str, day: int, groups: list[EthnicGroup]) -> Record:
    """A festival on a day of the coming month."""
    month = (timezone.localdate() + timedelta(days=31)).month
    details = FESTIVAL | {"calendar": "gregorian", "date_rule": {"calendar": "gregorian", "start_month": month, "start_day": day}}
    return make_record(title, record_type="festival", details=[{"type": "festival", "value": details}], groups=groups)


def test_the_festival_stands_before_what_bears_the_same_name_and_tells_its_next_day(site: str, client: Client) -> None:
    make_record("Gầu Tào")
    make_festival("Lễ hội Gầu Tào", 8, [make_group()])
    drain(site)
    card, *others = client.get("/tim-kiem/", {"q": "gau tao"}).context["results"].answers
    year = (timezone.localdate() + timedelta(days=31)).year
    coming = next(str(fact.words) for fact in card.facts if fact.label == "Sắp tới")
    assert coming.endswith(f"/{year}") or year == timezone.localdate().year
    assert (card.title.plain, [other.title.plain for other in others]) == ("Lễ hội Gầu Tào", ["Gầu Tào"])


def test_the_next_festival_of_a_people_is_its_own_before_one_of_many(site: str, client: Client) -> None:
    names = ("Mông", "Dao", "Tày", "Nùng", "Giáy", "La Chí", "Lô Lô")
    groups = [make_group(f"{code:02}", name) for code, name in enumerate(names, start=1)]
    make_festival("Ngày hội chung", 3, groups)
    make_festival("Lễ của riêng", 20, groups[:1])
    facts = {name: client.get("/tim-kiem/", {"q": name}).context["results"].answers[0].facts for name in names[:2]}
    coming = {name: str(fact.words).split(",")[0] for name, of_people in facts.items() for fact in of_people if fact.label == "Sắp tới"}
    assert coming == {"Mông": "Lễ của riêng", "Dao": "Ngày hội chung"}


def test_an_english_word_is_answered_with_the_words_of_every_people(site: str, client: Client) -> None:
    for code, name, form in (("08", "Mông", "twm3"), ("13", "Ba Na", "kəpɔː")):
        make_word(form, "buffalo", words=f"list-{code}", group=make_group(code, name))
    drain(site)
    for typed in ("buffalo", "water buffalo", "trâu", "trau"):
        (card,) = client.get("/tim-kiem/", {"q": typed}).context["results"].answers
        assert (card.code, card.title.plain) == ("word", "trâu")
        assert [(fact.label, str(fact.words)) for fact in card.facts] == [
            ("Ba Na", '<span lang="und-fonipa">kəpɔː</span>'),
            ("Mông", '<span lang="und-fonipa">twm3</span>'),
        ]
