"""What people type, on the collection that an installation opens with: the first thing on the page, and the judged needs.

The judged needs run with every change: a change that lowers the search below its goals is not merged.
"""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.db.models import Q
from django.test import Client

from library.access import ANONYMOUS
from library.records.models import Record
from library.vocabularies.models import EthnicGroup
from media_pipeline.text.folding import fold
from search.answers import AnswerCard
from search.answers.peoples import people_cards
from search.indexing.knowledge import forget, lexicon, names
from search.quality.evaluation import Score
from search.quality.goals import STARTER_GOALS
from search.quality.judgements import JudgedQuery, judged_queries, score_collection
from search.understanding import understand
from tests.integration.conftest import ENGINES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
of_authorities = pytest.mark.parametrize("site", ENGINES[:1], indirect=True)  # cards that no engine is asked for: with one of them
NAMES = installed.COLLECTIONS_DIR / "vocabularies" / "ethnic_group_name_variants.csv"


@pytest.fixture(scope="module")
def needs() -> list[JudgedQuery]:
    """Three hundred, of all kinds, in the order of the file."""
    return judged_queries(installed.COLLECTIONS_DIR / "starter" / "queries.tsv")


@pytest.fixture(scope="module")
def embedded_scores(embedded_index: Path, needs: list[JudgedQuery]) -> dict[str, Score]:
    """How the embedded engine answers the needs, by the form in which they are typed."""
    return score_collection("embedded", needs)


def test_at_least_three_hundred_needs_are_judged_and_half_are_short(needs: list[JudgedQuery]) -> None:
    assert len(needs) >= 300
    assert sum(len(need.typed.split()) <= 3 for need in needs) >= len(needs) / 2
    assert all(need.answers and set(need.answers.values()) <= {1, 2} for need in needs)
    assert all(need.misspelt != need.typed for need in needs)


def missed(found: dict[str, Score]) -> dict[str, float]:
    """The forms that are answered worse than their goals."""
    return {form: found[form].mrr for form, goal in STARTER_GOALS.items() if found[form].mrr < goal}


def test_the_needs_are_answered_first_however_they_are_typed(embedded_scores: dict[str, Score]) -> None:
    assert missed(embedded_scores) == {}


@pytest.mark.parametrize("site", ENGINES[1:], indirect=True)
def test_both_engines_answer_the_needs_alike(site: str, embedded_scores: dict[str, Score], needs: list[JudgedQuery]) -> None:
    found = score_collection(site, needs)
    assert missed(found) == {}
    for form in STARTER_GOALS:
        assert found[form].mrr == pytest.approx(embedded_scores[form].mrr, abs=0.01)


def answers(client: Client, typed: str, language: str = "") -> list[AnswerCard]:
    response = client.get(f"{language}/tim-kiem/", {"q": typed})
    assert response.status_code == 200, response.content
    return list(response.context["results"].answers)


def portals(cards: list[AnswerCard]) -> set[str]:
    """The pages of peoples to which the cards lead."""
    addresses = {card.url for card in cards} | {way.url for card in cards for way in card.ways_on}
    return {address for address in addresses if address.startswith("/dan-toc/")}


def test_whatever_a_people_is_called_its_cards_lead_to_it(starter: None) -> None:
    """The official names and every third of the others, as a villager types them.

    That other spellings are the same name, tests/search/understanding/test_whole_names.py says.
    """
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    owners: dict[str, set[str]] = {group.name_vi: {f"/dan-toc/{group.slug}/"} for group in groups.values()}
    with NAMES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            owners.setdefault(row["variant"], set()).add(f"/dan-toc/{groups[row['group_code']].slug}/")
    assert (len(groups), len(owners) > 500) == (54, True)
    forget()
    asked = [*owners][:54] + [*owners][54::3]
    led = {name: portals(list(people_cards(understand(fold(name), lexicon(), names()), ANONYMOUS))) for name in asked}
    assert {name: led[name] for name in asked if not owners[name] <= led[name]} == {}


@of_authorities
@pytest.mark.parametrize("typed", ["mong", "nguoi meo", "Mọi", "xa la vang", "dan toc tay", "gia-rai", "PàThẻn", "tho", "hoa"])
def test_the_page_begins_with_the_people(site: str, client: Client, typed: str) -> None:
    assert answers(client, typed)[0].code in ("people", "peoples")


@of_authorities
def test_a_name_of_many_peoples_leads_to_every_one_and_is_not_printed(site: str, client: Client) -> None:
    (card,) = [card for card in answers(client, "man") if card.code == "peoples"]
    assert [way.label for way in card.ways_on] == ["Dao", "Pà Thẻn", "Pu Péo", "Sán Chay", "Sán Dìu"]
    assert "Mán" not in card.title.plain


@of_authorities
@pytest.mark.parametrize("typed", ["nước", "nuoc", "NUOC", "water", "từ nước", "word for water"])
def test_a_meaning_is_answered_with_its_words_in_every_language(site: str, client: Client, typed: str) -> None:
    card = answers(client, typed)[0]
    assert (card.code, card.title.plain, [name.plain for name in card.names]) == ("word", "nước", ["water"])
    assert card.opens == "Mở 97 từ"
    assert "daːk" in {fact.label: str(fact.words) for fact in card.facts}["Ba Na"]


@of_authorities
def test_a_meaning_of_two_words_and_one_in_english(site: str, client: Client) -> None:
    titles = {typed: answers(client, typed)[0].title.plain for typed in ("mat trang", "moon", "con cho", "a dog")}
    assert titles == {"mat trang": "mặt trăng", "moon": "mặt trăng", "con cho": "chó", "a dog": "chó"}
    assert answers(client, "moon", "/en")[0].title.plain == "moon"


@of_authorities
@pytest.mark.parametrize("typed", ["nuoc tieng ba na", "nước trong tiếng Ba Na là gì", "tiếng Ba Na nước", "water in Bahnar"])
def test_the_language_that_was_asked_for_comes_first(site: str, client: Client, typed: str) -> None:
    card = answers(client, typed)[0]
    assert (card.code, card.title.plain, card.facts[0].label) == ("word", "nước", "Ba Na")
    assert 'lang="' in str(card.facts[0].words)


@of_authorities
def test_a_language_without_the_word_says_so(site: str, client: Client) -> None:
    fact = answers(client, "nước tiếng Sán Chay")[0].facts[0]
    assert (fact.label, fact.words) == ("Sán Chay", "chưa ghi được từ này")


@of_authorities
def test_the_form_of_a_word_leads_to_its_meaning(site: str, client: Client) -> None:
    assert answers(client, "daːk")[0].title.plain == "nước"


def test_a_word_that_is_also_a_people_gives_both(site: str, client: Client) -> None:
    codes = [card.code for card in answers(client, "tay")]
    assert codes[0] == "people"
    assert "word" in codes
    assert "word" not in [card.code for card in answers(client, "Tày")]


@of_authorities
@pytest.mark.parametrize(
    "typed", ["3465/QĐ-BVHTTDL", "3465 qd bvhttdl", "quyet dinh 3465", "Quyết định số 3465", "quyết định 3465 năm 2015"]
)
def test_a_decision_is_found_by_its_number(site: str, client: Client, typed: str) -> None:
    (card,) = answers(client, typed)
    assert (card.code, card.title.plain, len(card.listings)) == ("decision", "3465/QĐ-BVHTTDL", 14)
    assert ("Năm", "2015") in [(fact.label, fact.words) for fact in card.facts]


@of_authorities
def test_one_of_several_numbers_leads_to_them_and_an_unknown_one_nowhere(site: str, client: Client) -> None:
    assert [card.title.plain for card in answers(client, "3438/QĐ-BVHTTDL")] == ["3437-3439/QĐ-BVHTTDL"]
    assert answers(client, "quyết định 3465 năm 1999") == answers(client, "quyết định 99999") == []


@pytest.mark.parametrize(("typed", "title", "years"), [
    ("khen mong", "Nghệ thuật khèn của người Mông", ["2015", "2015", "2017", "2018", "2023"]),
    ("gau tao", "Gầu Tào", ["2012", "2019", "2024"]),
])  # fmt: skip
def test_a_practice_stands_with_its_listings_by_year(site: str, client: Client, typed: str, title: str, years: list[str]) -> None:
    practice = next(card for card in answers(client, typed) if card.title.plain == title)
    assert [listing.year for listing in practice.listings] == years
    assert all(listing.url for listing in practice.listings)


def test_the_festival_with_its_day_stands_before_the_practice(site: str, client: Client) -> None:
    assert [card.kind for card in answers(client, "le hoi gau tao")] == ["Lễ hội", "Di sản phi vật thể"]


@pytest.mark.parametrize("typed", ["le cap sac", "lễ cấp sắc", "cap sac"])
def test_public_decisions_tell_of_a_rite_that_is_closed(site: str, client: Client, typed: str) -> None:
    card = next(card for card in answers(client, typed) if card.code == "listings")
    assert len(card.listings) == 7
    assert all("Cấp sắc" in listing.title and listing.year and listing.places and not listing.url for listing in card.listings)


def test_of_a_closed_rite_nothing_but_the_decision_is_on_the_page(site: str, client: Client) -> None:
    page = client.get("/tim-kiem/", {"q": "le cap sac"}).content.decode()
    closed = Record.objects.filter(source_key__in=["VN-008", "PR-03", "F-016"])
    assert closed.count() == 3
    assert not [record.identifier for record in closed if record.identifier in page or (record.summary_vi and record.summary_vi in page)]


@of_authorities
def test_a_decision_shows_the_closed_listing_without_a_way_into_it(site: str, client: Client) -> None:
    (card,) = answers(client, "quyết định 266 năm 2018")
    assert [listing.title for listing in card.listings if not listing.url] == ["Lễ Cấp sắc Pụt (Lẩu Pụt) của người Tày"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [("gau tau", "Lễ hội Gầu Tào"), ("gautao", "Lễ hội Gầu Tào"), ("ha giag", "Hà Giang"), ("tuyen quan", "Tuyên Quang"), ("mogn", "Mông"),
     ("chamm", "Chăm"), ("le hoi katee", "Lễ hội Katê"), ("moong", "Mông"), ("eeddee", "Ê Đê"), ("tà ôii", "Tà Ôi")],
)  # fmt: skip
def test_what_a_misspelt_query_was_near_to_is_asked_for(site: str, client: Client, typed: str, title: str) -> None:
    card = answers(client, typed)[0]
    assert (card.title.plain, card.guess) == (title, True)
    page = client.get("/tim-kiem/", {"q": typed})
    assert "Có phải bạn tìm:" in page.content.decode()
    asked = page.context["results"].understood
    assert asked is None or not asked.restored, "beside a guess the words stay as typed"


@pytest.mark.parametrize("typed", ["arieu pinng", "đại phann"])
def test_a_misspelt_closed_rite_is_asked_for_by_its_decision(site: str, client: Client, typed: str) -> None:
    card = answers(client, typed)[0]
    assert (card.code, card.guess) == ("listings", True)
    assert [listing.url for listing in card.listings] == [""]


@pytest.mark.parametrize("typed", ["trang", "lễ hội", "nghề dệt", "xyzzy", "nhac cu"])
def test_what_is_near_to_nothing_or_to_many_is_not_guessed(site: str, client: Client, typed: str) -> None:
    assert not [card for card in answers(client, typed) if card.guess]


@pytest.mark.parametrize(
    ("typed", "vietnamese"),
    [("buffalo", "trâu"), ("weaving", "dệt"), ("embroidery", "thêu"), ("gong", "chiêng"), ("drum", "trống"), ("boat race", "đua ghe")],
)  # fmt: skip
def test_an_english_word_finds_what_is_written_in_vietnamese(site: str, client: Client, typed: str, vietnamese: str) -> None:
    results = client.get("/en/tim-kiem/", {"q": typed}).context["results"]
    written = Record.objects.visible_to(ANONYMOUS).filter(Q(title_vi__icontains=vietnamese) | Q(summary_vi__icontains=vietnamese))
    assert results.total >= written.count() > 0


@of_authorities
@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("mat tra", ("mặt trăng", "từ trong các tiếng")),
        ("moo", ("mặt trăng", "từ trong các tiếng")),
        ("klan", ("klaŋ¹", "mặt trăng · Mường")),
    ],
)
def test_a_half_typed_word_is_offered_by_its_meaning_and_by_its_form(site: str, client: Client, typed: str, offer: tuple[str, str]) -> None:
    offers = client.get("/tim-kiem/goi-y/", {"q": typed}).json()["offers"]
    (url,) = [each["url"] for each in offers if (each["label"], each["note"]) == offer]
    assert client.get(url).context["words"]


@of_authorities
@pytest.mark.parametrize("typed", ["khen mong", "3465 qd bvhttdl", "le cap sac", "nuoc"])
def test_vietnamese_on_the_cards_of_an_english_page_says_so(site: str, client: Client, proper_names: re.Pattern[str], typed: str) -> None:
    page = client.get("/en/tim-kiem/", {"q": typed}).content.decode()
    cards = re.findall(r'<section class="answer .*?</section>', page, re.DOTALL)
    assert cards
    for card in cards:
        foreign = re.sub(r'<(\w+)[^>]* lang="[^"]+"[^>]*>.*?</\1>', "", card, flags=re.DOTALL)
        assert not re.findall(
            r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", proper_names.sub("", re.sub(r"<[^>]+>", " ", foreign))
        )
