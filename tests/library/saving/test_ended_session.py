"""A session that ends over a form: scripts are told so in words that they can read, and the same person signs in again over the page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from library.records.models import Record
from tests.factories import make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
AGAIN = "/admin/sign-in-again/"


@pytest.fixture
def officer() -> Any:
    return make_user("cataloguer", make_office())


@pytest.fixture
def draft(officer) -> Record:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Hội cũ", office=officer.office, created_by=officer, published=False)
    record.save_revision(user=officer)
    return record


def _address(record: Record) -> str:
    return reverse(f"{LIST}:edit", args=[record.pk])


def _again(client: Client, officer: Any, **fields: str) -> Any:
    values = {"username": officer.username, "password": "secret-secret", "person": str(officer.pk)} | fields
    return client.post(AGAIN, values, headers=JSON)


def test_a_script_is_told_that_the_session_has_ended_and_a_person_is_led_to_the_sign_in(client, draft):
    answer = client.post(_address(draft), _form("Hội mới"), headers=JSON)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "signed_out")
    assert client.post(_address(draft), _form("Hội mới")).status_code == 302


def test_a_script_without_the_key_of_forms_is_told_so(draft, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    answer = client.post(_address(draft), _form("Hội mới"), headers=JSON)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "csrf")


@pytest.mark.parametrize(("headers", "status"), [(JSON, 409), ({}, 409)])
def test_a_form_that_somebody_else_opened_is_not_stored(client, draft, officer, headers, status):
    client.force_login(make_user("cataloguer", officer.office))
    answer = client.post(_address(draft), _form("Hội mới") | {"opened_by": str(officer.pk)}, headers=headers)
    assert answer.status_code == status
    assert draft.revisions.count() == 1


def test_a_form_that_the_same_person_opened_is_stored(client, draft, officer):
    client.force_login(officer)
    answer = client.post(_address(draft), _form("Hội mới") | {"opened_by": str(officer.pk)}, headers=JSON)
    assert answer.json()["success"], answer.json()


def test_the_same_person_signs_in_again_and_gets_a_key_for_the_forms(officer):
    client = Client(enforce_csrf_checks=True)
    state = client.get(AGAIN, headers=JSON).json()
    assert state["person"] == ""
    answer = _again(client, officer, csrfmiddlewaretoken=state["token"])
    assert answer.json()["person"] == str(officer.pk)
    assert client.get(AGAIN).json()["person"] == str(officer.pk)
    assert answer.json()["token"] != state["token"]


def test_somebody_else_is_not_signed_in_over_a_page(client, officer):
    other = make_user("cataloguer", officer.office)
    answer = _again(client, other, person=str(officer.pk))
    assert (answer.status_code, "tài khoản khác" in answer.json()["error"]) == (400, True)
    assert client.get(AGAIN).json()["person"] == ""


def test_a_wrong_password_is_told_in_words(client, officer):
    answer = _again(client, officer, password="sai")
    assert (answer.status_code, "mật khẩu chưa đúng" in answer.json()["error"]) == (400, True)


def test_a_stopped_account_is_told_only_to_who_knows_the_password(client, officer):
    officer.is_active = False
    officer.save()
    assert "đã ngừng" in _again(client, officer).json()["error"]
    assert "đã ngừng" not in _again(client, officer, password="sai").json()["error"]


def test_an_account_without_the_admin_is_refused(client):
    reader = make_user("", make_office())
    assert "không còn quyền" in _again(client, reader).json()["error"]


def test_wrong_passwords_over_a_page_count_as_everywhere(client, officer, settings):
    settings.AXES_ENABLED = True
    answers = [_again(client, officer, password="sai").status_code for _try in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-1] == 429
    assert _again(client, officer).status_code == 429


def test_why_a_form_is_not_stored_by_itself_is_told_field_by_field(client, draft, officer):
    client.force_login(officer)
    answer = client.post(_address(draft), _form("Hội mới") | {"confidence": "xyz"}, headers=JSON).json()
    assert (answer["error_code"], "ô “Độ tin cậy”" in answer["error_message"]) == ("validation_error", True)
