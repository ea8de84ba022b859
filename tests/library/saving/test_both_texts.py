"""Two people edit one record: both texts are shown field by field, each field is chosen by itself, and nothing is lost in silence."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.records.models import Record
from tests.factories import make_group, make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

pytestmark = pytest.mark.django_db
BEGIN = {"credit": "Ban đầu", "summary_en": "A feast."}


@pytest.fixture
def record() -> Record:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Hội cũ", published=False, **BEGIN)
    record.sources.all().delete()
    record.sources.add(record.sources.model(citation="Sổ tay, 2024"))
    record.save()
    record.save_revision()
    return record


class Editor:
    """A person with the form of the record, opened now."""

    def __init__(self, record: Record, name: str) -> None:
        self.client = Client()
        self.client.force_login(make_user("reviewer", make_office(), first_name=name))
        self.address = reverse(f"{LIST}:edit", args=[record.pk])
        self.record, self.group = record, make_group()
        self.see(self.client.get(self.address).content.decode())

    def see(self, page: str) -> None:
        """The page is the one that the person has before them now."""
        names = ("loaded_revision_id", "loaded_revision_created_at")
        self.loaded = {name: match[1] for name in names if (match := re.search(f'name="{name}" value="([^"]*)"', page))}
        self.page = page

    def send(self, citation: str = "Sổ tay, 2024", *, json: bool = False, **fields: str) -> Any:
        row = self.record.get_latest_revision_as_object().sources.first()
        rows = inline_formset([{"id": row.pk, "source": "", "citation": citation, "page": "", "accessed": ""}], initial=1)
        data = _form("Hội cũ", group=self.group, **(BEGIN | fields)) | nested_form_data({"sources": rows})
        answer = self.client.post(self.address, data | self.loaded, headers={"accept": "application/json"} if json else {})
        if not json and answer.status_code == 400:
            self.see(answer.content.decode())
        return answer


def newest(record: Record) -> Record:
    return Record.objects.get(pk=record.pk).get_latest_revision_as_object()


def proposal(page: str, name: str) -> str:
    """Which text of a field the page proposes."""
    return str(re.search(rf'name="keep-{name}" value="(\w+)"\s+checked', page)[1])  # type: ignore[index]


def test_each_field_is_chosen_by_itself(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    assert lan.send(credit="Bà Lan ghi", summary_en="Lan's feast.").status_code == 302
    assert pao.send(credit="Ông Páo ghi", summary_en="Páo's feast.").status_code == 400
    assert all(text in pao.page for text in ("Bà Lan ghi", "Ông Páo ghi", "Bản của Lan"))
    choice = {"keep-credit": "theirs", "keep-summary_en": "mine"}
    assert pao.send(credit="Ông Páo ghi", summary_en="Páo's feast.", **choice).status_code == 302
    assert (newest(record).credit, newest(record).summary_en) == ("Bà Lan ghi", "Páo's feast.")


def test_what_a_person_has_not_touched_is_proposed_as_the_other_stored_it(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    lan.send(credit="Bà Lan ghi")
    pao.send(summary_en="Páo's feast.")
    assert (proposal(pao.page, "credit"), proposal(pao.page, "summary_en")) == ("theirs", "mine")


def test_rows_are_shown_and_chosen_too(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    assert lan.send("Bà Lan kể, 2025").status_code == 302
    pao.send(credit="Ông Páo ghi")
    assert "Bà Lan kể, 2025" in pao.page
    assert proposal(pao.page, "sources") == "theirs"
    answer = pao.send(credit="Ông Páo ghi", **{"keep-sources": "theirs"})
    assert answer.status_code == 302
    assert (newest(record).sources.get().citation, newest(record).credit) == ("Bà Lan kể, 2025", "Ông Páo ghi")


def test_a_third_save_between_is_told_again(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    lan.send(credit="Bà Lan ghi")
    pao.send(credit="Ông Páo ghi")
    mai = Editor(record, "Mai")
    assert mai.send(credit="Chị Mai ghi").status_code == 302
    assert pao.send(credit="Ông Páo ghi", **{"keep-credit": "mine"}).status_code == 400
    assert "Chị Mai ghi" in pao.page


def test_a_choice_outlives_an_error_elsewhere_in_the_form(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    lan.send(credit="Bà Lan ghi")
    pao.send(credit="Ông Páo ghi")
    assert pao.send(credit="Ông Páo ghi", confidence="xyz", **{"keep-credit": "theirs"}).status_code == 400
    assert 'name="credit" value="Ông Páo ghi"' in pao.page
    assert proposal(pao.page, "credit") == "theirs"
    assert "Độ tin cậy" in pao.page


def test_a_form_that_saves_itself_says_who_saved_meanwhile(record: Record) -> None:
    lan, pao = Editor(record, "Lan"), Editor(record, "Páo")
    lan.send(credit="Bà Lan ghi")
    answer = pao.send(credit="Ông Páo ghi", json=True).json()
    assert (answer["error_code"], "Lan vừa lưu bản khác" in answer["error_message"]) == ("invalid_revision", True)


def test_a_form_that_is_only_compared_is_not_stored(record: Record) -> None:
    lan = Editor(record, "Lan")
    assert lan.send(credit="Chưa lưu", **{"action-compare": "1"}).status_code == 400
    assert all(text in lan.page for text in ("So bản chưa lưu với bản đang lưu", "Chưa lưu", "Ban đầu"))
    assert newest(record).credit == "Ban đầu"


def test_a_new_form_that_the_browser_kept_is_drawn_and_not_stored(client: Client) -> None:
    make_term("rights_statements", "CNE")
    client.force_login(make_user("cataloguer", make_office()))
    address = client.get(reverse(f"{LIST}:add"), {"type": "heritage-element"}).url
    answer = client.post(address, _form("Hội chưa lưu") | {"action-compare": "1"})
    assert 'value="Hội chưa lưu"' in answer.content.decode()
    assert not Record.objects.exists()
