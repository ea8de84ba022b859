"""Searches that people keep: saved, told about once and only what may be seen, stopped from the letter."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from library.access import SIGNED_IN, STAFF
from library.records.models import Record
from search.models import Alert, SavedSearch
from search.saved.alerts import send_alerts
from tests.factories import make_community, make_group, make_record, make_user

from .searching import drain

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1, minutes=1)


@pytest.fixture
def member() -> Any:
    return make_user(communities=(make_community(),), email="nguoi@example.vn")


def _saved(user: Any, query: str = "q=%22g%E1%BA%A7u+t%C3%A0o%22", **fields: Any) -> SavedSearch:
    return SavedSearch.objects.create(user=user, name="Hội", query=query, often="daily", **fields)


def _titles(records: Any) -> list[str]:
    return sorted(Record.objects.filter(pk__in=records).values_list("title_vi", flat=True))


def test_a_search_is_saved_from_its_page(site: str, client: Client, member: Any) -> None:
    make_group("08", "Mông", "Hmong")
    address = client.get("/tim-kiem/", {"q": "hội", "dan-toc": "nhom-08", "trang": "1"}).context["results"].save_url
    answer = client.get(address)
    assert answer.url.startswith("/tai-khoan/dang-nhap/?next=/tim-kiem/luu/")
    signed_in = client.post(answer.url, {"username": member.username, "password": "secret-secret", "next": address})
    assert signed_in.url == address
    page = client.get(address).content.decode()
    assert 'value="hội · Mông"' in page
    assert client.post(address, {"name": "Hội Mông", "often": "daily"}).url == "/tim-kiem/da-luu/"
    kept = member.saved_searches.get()
    assert (kept.name, kept.often, kept.parameters.dict()) == ("Hội Mông", "daily", {"q": "hội", "dan-toc": "nhom-08"})
    assert "Hội Mông" in client.get("/tim-kiem/da-luu/").content.decode()


def test_what_cannot_be_asked_is_not_saved(client: Client, member: Any) -> None:
    client.force_login(member)
    assert client.post("/tim-kiem/luu/?khung=1", {"name": "x", "often": "daily"}).status_code == 400
    for number in range(SavedSearch.MOST):
        _saved(member, f"q={number}")
    assert client.post("/tim-kiem/luu/?q=1", {"name": "x", "often": "daily"}).status_code == 400
    assert member.saved_searches.count() == SavedSearch.MOST


def test_only_what_is_new_and_may_be_seen_is_told_and_only_once(site: str, member: Any) -> None:
    make_record("Gầu Tào cũ")
    search = _saved(member)
    make_record("Gầu Tào mới")
    make_record("Gầu Tào cho người đăng nhập", own_access=SIGNED_IN)
    make_record("Gầu Tào kín", own_access=STAFF)
    make_record("Chợ phiên")
    drain(site)
    now = timezone.now()
    assert send_alerts(now) == 0  # not due yet
    assert send_alerts(now + TOMORROW) == 1
    assert send_alerts(now + TOMORROW) == 0
    assert _titles(Alert.objects.get().record_ids) == ["Gầu Tào cho người đăng nhập", "Gầu Tào mới"]
    letter = mail.outbox[0]
    assert letter.to == ["nguoi@example.vn"]
    assert "2 tư liệu mới" in letter.subject
    assert "mới" in letter.body and "kín" not in letter.body and "Tào cũ" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    make_record("Gầu Tào sau")
    drain(site)
    Record.objects.filter(title_vi="Gầu Tào sau").update(first_published_at=now + 1.5 * TOMORROW)
    assert send_alerts(now + 2 * TOMORROW) == 1
    assert _titles(search.alerts.first().record_ids) == ["Gầu Tào sau"]


def test_what_the_index_does_not_know_yet_is_told_in_the_next_round(site: str, member: Any) -> None:
    search = _saved(member, told_until=timezone.now() - TOMORROW)
    make_record("Gầu Tào mới")  # and the index is not told
    now = timezone.now()
    assert send_alerts(now) == 0
    search.refresh_from_db()
    assert search.told_until < now - timedelta(seconds=59)
    drain(site)
    assert send_alerts(now + TOMORROW) == 1
    assert _titles(Alert.objects.get().record_ids) == ["Gầu Tào mới"]


def test_what_was_closed_before_the_letter_goes_is_not_in_it(site: str, member: Any, client: Client) -> None:
    search = _saved(member)
    kept, closed = make_record("Gầu Tào mở"), make_record("Gầu Tào đóng")
    Alert.objects.create(search=search, record_ids=[kept.pk, closed.pk])
    Record.objects.filter(pk=closed.pk).update(access_level=STAFF)
    send_alerts()
    assert "Gầu Tào mở" in mail.outbox[0].body and "đóng" not in mail.outbox[0].body
    client.force_login(member)
    assert "Gầu Tào đóng" not in client.get("/tim-kiem/da-luu/").content.decode()


def test_a_mail_server_that_refuses_is_asked_again(site: str, member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Alert.objects.create(search=_saved(member), record_ids=[make_record("Hội").pk])

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send_alerts() == 0
    assert send_alerts() == 1
    assert send_alerts() == 0


def test_nobody_is_written_to_who_has_no_account_any_more(site: str, member: Any) -> None:
    Alert.objects.create(search=_saved(member), record_ids=[make_record("Hội").pk])
    type(member).objects.update(is_active=False)
    assert send_alerts(timezone.now() + TOMORROW) == 0


def test_the_letter_can_be_stopped_without_a_login(site: str, client: Client, member: Any) -> None:
    search = _saved(member)
    Alert.objects.create(search=search, record_ids=[make_record("Hội").pk])
    send_alerts()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("/tim-kiem/")[2]
    assert client.get(f"/tim-kiem/{address}").status_code == 200
    search.refresh_from_db()
    assert search.often == "daily"  # opening it only asks
    assert Client(enforce_csrf_checks=True).post(f"/tim-kiem/{address}").status_code == 200
    search.refresh_from_db()
    assert search.often == "never"
    assert client.post(f"/tim-kiem/{address[:-3]}xx/").status_code == 404


def test_nobody_touches_what_another_saved(client: Client, member: Any) -> None:
    search = _saved(member)
    client.force_login(make_user())
    assert client.post(f"/tim-kiem/da-luu/{search.pk}/", {f"{search.pk}-name": "x", f"{search.pk}-often": "never"}).status_code == 404
    assert client.post(f"/tim-kiem/da-luu/{search.pk}/xoa/").status_code == 404
    assert "Hội" not in client.get("/tim-kiem/da-luu/").content.decode().partition("<main")[2].partition("</main")[0]


def test_one_is_renamed_and_deleted(client: Client, member: Any) -> None:
    search = _saved(member)
    client.force_login(member)
    client.post(f"/tim-kiem/da-luu/{search.pk}/", {f"{search.pk}-name": "Lễ", f"{search.pk}-often": "weekly"})
    search.refresh_from_db()
    assert (search.name, search.often) == ("Lễ", "weekly")
    client.post(f"/tim-kiem/da-luu/{search.pk}/", {f"{search.pk}-name": "", f"{search.pk}-often": "weekly"})
    client.post(f"/tim-kiem/da-luu/{search.pk}/xoa/")
    assert not member.saved_searches.exists()


def test_a_person_gets_letters_of_so_many_searches_and_may_save_more_without(client: Client, member: Any) -> None:
    client.force_login(member)
    for number in range(SavedSearch.MOST_BY_MAIL):
        _saved(member, f"q={number}")
    answer = client.post("/tim-kiem/luu/?q=1", {"name": "x", "often": "weekly"})
    assert answer.status_code == 400
    assert "Đã có 10 câu tìm báo qua thư" in answer.content.decode()
    assert client.post("/tim-kiem/luu/?q=1", {"name": "x", "often": "never"}).status_code == 302
    silent, loud = member.saved_searches.get(name="x"), member.saved_searches.filter(often="daily").first()
    client.post(f"/tim-kiem/da-luu/{silent.pk}/", {f"{silent.pk}-name": "x", f"{silent.pk}-often": "daily"})
    client.post(f"/tim-kiem/da-luu/{loud.pk}/", {f"{loud.pk}-name": "y", f"{loud.pk}-often": "weekly"})
    assert (SavedSearch.objects.get(pk=silent.pk).often, SavedSearch.objects.get(pk=loud.pk).often) == ("never", "weekly")


def test_the_list_says_how_often_a_letter_comes_and_its_words_once(client: Client, member: Any) -> None:
    search = _saved(member, "q=mong")
    SavedSearch.objects.update(name="mong")
    client.force_login(member)
    line = client.get("/tim-kiem/da-luu/").content.decode().partition('id="h-luu"')[2].partition("<details>")[0]
    assert search.get_often_display() in line
    assert "".join(line.split()).count(">mong<") == 1


def test_the_foot_of_every_page_leads_to_the_saved_searches(client: Client) -> None:
    address = "/tim-kiem/da-luu/"
    assert f'href="{address}"' in client.get("/").content.decode().partition("<footer")[2]
    assert client.get(address).url.startswith("/tai-khoan/dang-nhap/")
