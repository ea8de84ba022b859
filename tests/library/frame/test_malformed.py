"""A request that no page of ours makes is answered with 400, in the reader's language: never with an error, on no database."""

import pytest
from django.core.exceptions import BadRequest
from django.db import DataError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from library.frame.malformed import is_of_request
from tests.factories import make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import _form

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    make_term("rights_statements", "CNE")
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    client.force_login(make_user("administrator", make_office("bo")))
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "address",
    [
        "/tu-lieu/?dan-toc=%00",
        "/tu-lieu/?tinh=a%00b",
        "/tu-lieu/?khong-biet=%01",
        "/tim-kiem/?dan-toc=%00",
        "/tim-kiem/goi-y/?q=%00",
        "/lich-le-hoi/?%00=1",
        "/ban-ghi/v1%00/",
        "/tep/%00/x.jpg",
        "/admin/?q=%00",
        "/admin/login/?next=%1b",
    ],
)
def test_control_characters_in_an_address_are_refused_at_every_page(client: Client, address: str):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu này" in answer.content.decode()


def test_the_refusal_is_in_the_readers_language(client: Client):
    answer = client.get("/en/tu-lieu/?tinh=%00")
    assert answer.status_code == 400
    assert "This request cannot be read" in answer.content.decode()


def test_words_that_people_write_are_no_control_characters(client: Client):
    for words in ("Hát then", "Đàn tính\n", "\t", "𑄌𑄋𑄴𑄟𑄳𑄦", "%FF", "\u200d"):
        assert client.get("/tim-kiem/goi-y/", {"q": words}).status_code == 200, words


def test_a_cookie_with_nul_is_refused(client: Client):
    client.cookies["sessionid"] = "abcdefgh\0"
    assert client.get("/").status_code == 400


def test_nul_in_a_form_is_refused_before_its_view(staff: Client):
    record = make_record("Hội", published=False)
    data = _form("Hội\0")
    assert staff.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data).status_code == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("details-count", None),
        ("details-count", "999999"),
        ("details-count", "x"),
        ("details-0-order", "x"),
        ("details-0-type", None),
        ("texts-TOTAL_FORMS", "x"),
        ("media-TOTAL_FORMS", None),
        ("groups", "99999999999999999999999"),
        ("office", "99999999999999999999999"),
    ],
)
def test_a_form_that_was_cut_short_or_changed_is_refused(staff: Client, field: str, value: str | None):
    record = make_record("Hội", published=False)
    data = _form("Hội", media=inline_formset([]))
    assert field in data
    data = {name: text for name, text in data.items() if name != field} | ({} if value is None else {field: value})
    answer = staff.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data)
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["99999999999999999999999", "x", "-1", "1e9"])
def test_a_key_that_no_row_can_have_opens_nothing(staff: Client, key: str):
    for name in ("media_chooser:chosen_multiple", "wagtailsnippetchoosers_records_record:chosen_multiple"):
        assert staff.get(reverse(name), {"id": key}).status_code in {200, 400}
    for name in ("record-in-admin", "file-in-admin"):
        base = {"record-in-admin": "/admin/snippets/records/record/edit", "file-in-admin": "/admin/media/inspect"}[name]
        assert staff.get(f"{base}/{key}/").status_code in {400, 404}


def test_an_error_of_the_library_stays_an_error():
    assert not is_of_request(ValueError("ours"))
    assert not is_of_request(KeyError("ours"))
    assert is_of_request(DataError("invalid byte sequence"))
    assert is_of_request(BadRequest())


def test_a_form_with_more_rows_than_djangos_limit_is_read(staff: Client):
    record = make_record("Hội", published=False)
    data = _form("Hội", texts=inline_formset([{"role": "note", "language": "vi", "text": "x"} for _ in range(300)]))
    assert len(data) > 1000
    assert staff.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data).status_code == 302
