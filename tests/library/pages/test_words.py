"""The pages of words: one concept in many languages, the dictionary of a list, the word of the day, a word that is a record."""

from datetime import date, timedelta

import pytest
from django.test import Client

from library.presentation.words.of_day import word_of_day
from library.records.models import Record
from tests.factories import make_group, make_record
from tests.library.pages.examples import make_word, text

pytestmark = pytest.mark.django_db

DETAILS = {
    "headword": {"text": "klaŋ¹", "lang": "mtq-fonipa"},
    "senses": [{"type": "item", "value": {"vi": "mặt trăng", "en": "moon"}}],
    "orthography": {"script": "Latn", "name": "IPA"},
    "variety": {"name": "Mường (Hòa Bình)"},
}


def make_word_record() -> Record:
    group = make_group("06", "Mường", "Muong")
    return make_record("klaŋ¹ – mặt trăng", record_type="lexeme", details=[{"type": "lexeme", "value": DETAILS}], groups=[group])


@pytest.fixture
def moon() -> None:
    make_word("klaŋ¹")
    make_word("haj1", words="tay-cao-bang", group=make_group("02", "Tày", "Tay"))
    make_word("ɬa²⁴", words="iu-mien", group=make_group("09", "Dao", "Yao"), country="China", citation="Chén 2012")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", ["/tu-ngu/", "/tu-ngu/moon/", "/tu-dien/muong-hoa-binh/"])
def test_the_pages_of_words_lead_to_one_another_in_both_languages(client: Client, moon: None, prefix: str, page: str):
    answer = client.get(prefix + page)
    assert answer.status_code == 200
    assert f'"{prefix}/tu-ngu/moon/"' in text(answer) or f'"{prefix}/tu-dien/muong-hoa-binh/"' in text(answer)


def test_a_concept_shows_each_form_with_its_people_its_source_and_the_country_when_it_is_not_vietnam(client: Client, moon: None):
    page = text(client.get("/tu-ngu/moon/"))
    assert '<span lang="und-fonipa">klaŋ¹</span>' in page
    assert "ghi ở Trung Quốc" in page and page.count("ghi ở ") == 1
    assert "Chén 2012" in page and "CC BY 4.0" in page
    words = client.get("/tu-ngu/moon/").context["words"]
    assert (words.form_count, words.people_count, words.recorded_here) == (3, 3, 2)


def test_a_concept_names_the_peoples_that_have_no_word_for_it(client: Client, moon: None):
    make_group("15", "Sán Chay", "San Chay")
    assert "Sán Chay" in [people.name for people in client.get("/tu-ngu/moon/").context["words"].without]


@pytest.mark.parametrize("address", ["/tu-ngu/", "/tu-ngu/moon/", "/tu-dien/muong-hoa-binh/", "/"])
def test_pages_of_words_ask_a_fixed_number_of_queries(client: Client, moon: None, django_assert_max_num_queries, address: str):
    client.get(address)
    with django_assert_max_num_queries(30) as before:
        client.get(address)
    for number in range(12):
        make_word(f"plaŋ{number}", words=f"list-{number % 4}", group=make_group(f"2{number % 4}", f"Dân tộc {number % 4}"))
        make_word(f"ma{number}")
    with django_assert_max_num_queries(len(before)):
        client.get(address)


def test_a_dictionary_keeps_the_order_of_the_alphabet_and_marked_letters_behind_plain_ones(client: Client):
    for form in ("êa", "čĭm", "ɓŭk", "cah", "boh", "ea"):
        make_word(form, "water")
    assert [letter.letter for letter in client.get("/tu-dien/muong-hoa-binh/").context["dictionary"].letters] == list("BƁCČEÊ")


@pytest.mark.parametrize("typed", ["ea", "NUOC", "wat", "kla", "klang"])
def test_a_dictionary_is_searched_without_marks_by_form_and_meaning(client: Client, typed: str):
    make_word("êa", "water")
    make_word("klaŋ¹", "moon")
    make_word("huă", "eat")
    found = client.get("/tu-dien/muong-hoa-binh/", {"tu": typed}).context["dictionary"]
    assert found.shown == 1 and found.letters[0].letter == ("K" if typed.startswith("kl") else "Ê")


def test_a_dictionary_shows_one_field_and_refuses_one_that_it_has_not(client: Client):
    make_word("êa", "water")
    make_word("huă", "eat")
    assert client.get("/tu-dien/muong-hoa-binh/", {"nhom": "food"}).context["dictionary"].shown == 1
    assert client.get("/tu-dien/muong-hoa-binh/", {"nhom": "khong-co"}).status_code == 404


def test_what_a_source_remarks_on_all_its_words_is_said_once(client: Client):
    make_word("êa", "water", note="own language")
    make_word("huă", "eat", note="own language")
    assert text(client.get("/tu-dien/muong-hoa-binh/")).count("own language") == 1


def test_the_portal_of_a_people_leads_to_its_dictionaries(client: Client, moon: None):
    assert "/tu-dien/muong-hoa-binh/" in text(client.get("/dan-toc/nhom-06/"))
    assert "/tu-dien/" not in text(client.get(f"/dan-toc/{make_group('15', 'Sán Chay').slug}/"))


def test_the_sitemap_names_concepts_and_dictionaries(client: Client, moon: None):
    assert "/tu-ngu/moon/" in text(client.get("/sitemap-tu-ngu.xml"))
    assert "/tu-dien/muong-hoa-binh/" in text(client.get("/sitemap-tu-dien.xml"))


def test_the_word_of_the_day_explains_itself(client: Client, moon: None):
    page = text(client.get("/"))
    word = client.get("/").context["word"]
    assert word.people in {"Mường", "Tày"}, "a word that was recorded in Vietnam"
    assert "Dân tộc khác nói" in page and "đánh số theo nguồn" in page and "Sidwell 2021" in page
    assert client.get("/en/").context["word"].meaning == "moon"


def test_days_have_many_words():
    for number in range(12):
        make_word(f"klaŋ{number}", words=f"list-{number}")
    shown = {str(word.variety) for day in range(60) if (word := word_of_day(date(2026, 11, 28) + timedelta(days=day)))}
    assert len(shown) >= 9


def test_words_that_are_records_stay_out_of_what_is_new(client: Client):
    make_word_record()
    make_record("Lễ hội Gầu Tào")
    for address in ("/", "/moi-dang.atom", "/tu-lieu/"):
        page = text(client.get(address))
        assert "Gầu Tào" in page and "klaŋ¹ – mặt trăng" not in page, address
    assert "klaŋ¹ – mặt trăng" in text(client.get("/tu-lieu/?loai=lexeme"))


def test_the_page_of_a_word_says_its_sound_and_never_calls_phonetic_letters_a_script(client: Client, moon: None):
    page = text(client.get(make_word_record().get_absolute_url()))
    assert "như ng trong “ngà”" in page and "thanh số 1, đánh số theo nguồn" in page.lower()
    assert "Hệ chữ" not in page and "Chữ Latinh" not in page
    assert "Người nói tiếng Mường có thể ghi âm từ này" in page
    assert 'href="/tu-ngu/moon/"' in page
