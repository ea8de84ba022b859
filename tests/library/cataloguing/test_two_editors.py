"""Two people edit one record, without script: the second is told, sees both texts, and nothing is lost in silence."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from library.records.models import Record
from tests.factories import make_group, make_office, make_record, make_source, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> Record:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Hội cũ", published=False, credit="Ban đầu")
    record.save_revision()
    return record


def editor(name: str) -> Client:
    client = Client()
    client.force_login(make_user("reviewer", make_office(), first_name=name))
    return client


def opened(client: Client, record: Record) -> dict[str, str]:
    """What the form says of the version that it was opened with."""
    page = client.get(reverse(f"{LIST}:edit", args=[record.pk])).content.decode()
    names = ("loaded_revision_id", "loaded_revision_created_at")
    return {name: found[1] for name in names if (found := re.search(f'name="{name}" value="([^"]*)"', page))}


def sent(client: Client, record: Record, loaded: dict[str, str], **fields: str):
    data = _form("Hội cũ", group=make_group(), source=make_source(), **fields)
    return client.post(reverse(f"{LIST}:edit", args=[record.pk]), data | loaded)


def newest(record: Record) -> Record:
    return Record.objects.get(pk=record.pk).get_latest_revision_as_object()


def test_the_second_person_is_told_and_sees_both_texts(record: Record) -> None:
    first, second = editor("Lan"), editor("Páo")
    loaded_first, loaded_second = opened(first, record), opened(second, record)
    assert loaded_first == loaded_second != {}
    assert sent(first, record, loaded_first, credit="Bà Lan ghi").status_code == 302
    answer = sent(second, record, loaded_second, credit="Ban đầu", summary_en="A feast.")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Lan đã lưu bản mới" in page
    assert "Bà Lan ghi" in page
    assert 'value="Ban đầu"' in page
    assert "A feast." in page
    assert newest(record).credit == "Bà Lan ghi"


def test_who_has_seen_the_other_version_may_overwrite_it(record: Record) -> None:
    first, second = editor("Lan"), editor("Páo")
    loaded = opened(second, record)
    sent(first, record, opened(first, record), credit="Bà Lan ghi")
    page = sent(second, record, loaded, credit="Ông Páo ghi").content.decode()
    again = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in loaded}  # type: ignore[index]
    assert again != loaded
    assert sent(second, record, again, credit="Ông Páo ghi").status_code == 302
    assert newest(record).credit == "Ông Páo ghi"


def test_one_person_after_the_other_is_asked_nothing(record: Record) -> None:
    for name in ("Lan", "Páo"):
        client = editor(name)
        assert sent(client, record, opened(client, record), credit=name).status_code == 302
    assert newest(record).credit == "Páo"


def test_ones_own_save_from_the_same_form_is_not_taken_for_another_persons(record: Record) -> None:
    client = editor("Lan")
    loaded = opened(client, record)
    for credit in ("Bà Lan ghi", "Bà Lan ghi, sửa"):
        assert sent(client, record, loaded, credit=credit).status_code == 302
    assert newest(record).credit == "Bà Lan ghi, sửa"


def test_what_another_saved_between_two_own_saves_is_told(record: Record) -> None:
    first, second = editor("Lan"), editor("Páo")
    loaded = opened(first, record)
    for client, credit in ((second, "Ông Páo ghi"), (first, "Bà Lan ghi")):
        assert sent(client, record, opened(client, record), credit=credit).status_code == 302
    assert sent(first, record, loaded, credit="Ban đầu").status_code == 400
    assert newest(record).credit == "Bà Lan ghi"
