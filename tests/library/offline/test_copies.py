"""Which answers a browser may keep: what anybody gets who asks, and nothing that is somebody's own."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from library.offline.copies import MARK, OfflineCopyMiddleware
from library.offline.worker import worker
from library.records.actions.withdraw import withdraw
from library.records.models.choices import AccessLevel
from tests.factories import make_office, make_record, make_user
from tests.library.pages.examples import make_admin, make_picture, make_word, text

pytestmark = pytest.mark.django_db
PANEL = "data-keep-panel"


def _marked(client: Client, *addresses: str) -> set[bool]:
    return {MARK in client.get(address).headers for address in addresses}


def test_pages_that_everybody_gets_may_be_kept_and_those_of_somebody_who_signed_in_may_not(client: Client):
    address = make_record("Hội").get_absolute_url()
    addresses = ["/", "/en/", address, f"/en{address}", "/giu-lai/", "/tu-ngu/", "/dan-toc/nhom-08/"]
    assert _marked(client, *addresses) == {True}
    client.force_login(make_user("cataloguer", make_office()))
    assert _marked(client, *addresses) == {False}


def test_refusals_forms_media_and_the_pages_of_staff_may_not_be_kept(client: Client):
    gone, closed = make_record("Đã gỡ"), make_record("Kín", own_access=AccessLevel.STAFF)
    withdraw(gone, user=make_admin(), reason="xin gỡ")
    refused = [gone.get_absolute_url(), closed.get_absolute_url(), "/khong-co/", "/tep/x/y.jpg"]
    assert _marked(client, *refused, "/admin/login/", "/tai-khoan/loi-moi/", "/sw.js", "/healthz") == {False}


@pytest.mark.parametrize(
    ("cookie", "headers", "marked"),
    [("", {}, True), ("a=1", {}, False), ("", {"Cache-Control": "private"}, False), ("", {"Cache-Control": "no-store"}, False)],
)
def test_an_answer_with_a_cookie_or_for_one_reader_only_is_not_marked(cookie: str, headers: dict[str, str], marked: bool):
    def view(request):
        answer = HttpResponse("<p>", headers=headers)
        answer.cookies.load(cookie)
        return answer

    assert (MARK in OfflineCopyMiddleware(view)(RequestFactory().get("/")).headers) == marked


def test_a_browser_that_holds_a_page_gets_it_again_only_when_it_changed(client: Client):
    record = make_record("Hội")
    address = record.get_absolute_url()
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    version = {"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"}
    again = client.get(address, headers=version)
    assert (again.status_code, again.content) == (304, b"")
    make_picture(record)
    assert client.get(address, headers=version).status_code == 200
    withdraw(record, user=make_admin(), reason="xin gỡ")
    assert client.get(address, headers=version).status_code == 410
    client.force_login(make_user("cataloguer", make_office()))
    assert "ETag" not in client.get("/").headers


def test_keeping_is_offered_at_the_foot_of_what_everybody_sees_with_the_bytes_of_its_small_pictures(client: Client):
    record, word = make_record("Váy lanh"), make_word("klaŋ¹")
    make_picture(record)
    addresses = [record.get_absolute_url(), "/dan-toc/nhom-08/", f"/tu-dien/{word.list.code}/"]
    pages = [text(client.get(address)) for address in addresses]
    assert [page.count(PANEL) for page in pages] == [1, 1, 1]
    assert 'data-bytes="30000"' in pages[0] and "data-page-bytes=" in pages[0]
    assert PANEL not in text(client.get(f"{addresses[2]}?tu=k"))
    client.force_login(make_user("cataloguer", make_office()))
    assert not any(PANEL in text(client.get(address)) for address in addresses)


def test_server_and_scripts_call_the_mark_by_one_name():
    script = (Path(settings.BASE_DIR) / "library" / "static" / "js" / "offline" / "copies.js").read_text()
    assert f'"{MARK}"' in script and f'"{MARK}"' in worker()
