"""Text that enters holds no control characters, by whatever door it comes, and an old row takes no feed away."""

import pytest
from django.test import Client

from library.accounts.models import User
from library.curation.models import TextPage
from library.language.cleaning import clean_row
from library.records.models import Record, RecordText
from media_pipeline.text.cleaning import clean, clean_line, clean_values
from tests.factories import make_community, make_record, make_term, make_user

pytestmark = pytest.mark.django_db
DIRTY, CLEAN = "Ha\u0301t\x0bthen\x00 \x07của \x85người\ufffe Ta\u0300y\u2028", "Hát\nthen của \nngười Tày\n"


@pytest.mark.parametrize("text", ["Hát then", "a\tb\nc", "ភាសាខ្មែរ\u200d\u200c", "𐀀 喃 🎉", "", "ꪎꪱꪣ", "a\u00adb"])
def test_what_belongs_to_words_stays(text: str) -> None:
    assert clean(text) == text


def test_control_characters_go_and_line_breaks_of_other_systems_become_ours() -> None:
    assert clean(DIRTY) == CLEAN
    assert clean("a\r\nb\rc\x0cd") == "a\nb\nc\nd"
    assert clean_line("a\r\nb\tc") == "a b c"
    assert clean("\udc80x") == "x"
    assert clean_values({"a\x07": [DIRTY, 1, {"b": DIRTY}]}) == {"a": [CLEAN, 1, {"b": CLEAN}]}


def test_every_text_of_a_row_is_clean_when_it_is_stored() -> None:
    record = make_record("Hội\x0b\x07", summary_vi=DIRTY)
    record.details = [("heritage_element", {"safeguarding": {"lang": "vi", "text": DIRTY}})]
    record.save()
    RecordText.objects.create(record=record, role="other", language="vi", text=DIRTY)
    stored = Record.objects.get(pk=record.pk)
    assert (stored.title_vi, stored.summary_vi) == ("Hội ", CLEAN)
    assert CLEAN.strip() in str(stored.details[0].value["safeguarding"]["text"])
    assert RecordText.objects.get(record=record).text == CLEAN
    assert make_term("moods", "a", DIRTY).label_vi == CLEAN.replace("\n", " ")
    community = make_community()
    community.name_vi = DIRTY
    community.save()
    community.refresh_from_db()
    assert "\x0b" not in community.name_vi


def test_a_draft_is_as_clean_as_what_is_published() -> None:
    record = make_record(published=False)
    record.summary_vi = DIRTY
    assert record.save_revision().content["summary_vi"] == CLEAN


def test_people_and_pages_and_tags_are_cleaned() -> None:
    user = make_user("cataloguer")
    user.first_name = "La\u0300\x0b"
    user.save()
    assert User.objects.get(pk=user.pk).first_name == "Là "
    record = make_record()
    record.tags.add("hát\x07 then")
    record.save()
    assert list(record.tags.values_list("name", flat=True)) == ["hát then"]
    page = TextPage(title="Trang\x0b", body_vi=[{"type": "heading", "value": DIRTY}])
    clean_row(page)
    assert page.title == "Trang "
    assert "\x07" not in str(page.body_vi.get_prep_value())


def test_one_bad_row_does_not_take_the_feed_from_everybody(client: Client) -> None:
    record = make_record()
    Record.objects.filter(pk=record.pk).update(title_vi="Hội\x0bxưa", summary_vi="Dòng\x0bhai\x01")  # stored before texts were cleaned
    for address in ("/moi-dang.atom", "/en/moi-dang.atom", "/sitemap-ban-ghi.xml"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"\x0b" not in answer.getvalue()
    assert "Hội\nxưa" in client.get("/moi-dang.atom").content.decode()
