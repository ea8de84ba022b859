"""Pages for what goes wrong: each has its status, its own title, the reader's language, a way on, and loads nothing from elsewhere."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client

from library.records.actions.withdraw import withdraw
from library.request_limits.turns import take_turn
from search.asking.find import SearchUnavailable
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
HOST = "testserver"
FORM = {"HTTP_REFERER": f"http://{HOST}/tim-kiem/chi-tiet/", "HTTP_HOST": HOST}


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.library.frame.error_addresses"
    settings.SEARCH_INDEX_DIR, settings.REQUEST_LIMITS_DIR = tmp_path / "index", tmp_path / "limits"
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    call_command("ensure_index", verbosity=0)


def _too_often(settings, prefix: str) -> HttpResponseBase:
    settings.REQUEST_LIMITS = "export=0/1"
    return [Client().get(f"{prefix}/tim-kiem/xuat/json/?q=") for _ in range(2)][-1]


def _all_taken(settings, prefix: str) -> HttpResponseBase:
    settings.REQUEST_LIMITS = "export=1/0"
    turn = take_turn(settings.REQUEST_LIMITS_DIR, "search-export", 1, 0)
    answer = Client().get(f"{prefix}/tim-kiem/xuat/json/?q=")
    turn.release()
    return answer


def _withdrawn(settings, prefix: str) -> HttpResponseBase:
    record = make_record("Đã gỡ")
    withdraw(record, user=make_user("administrator", make_office("bo")), reason="xin gỡ")
    return Client().get(f"{prefix}/ban-ghi/{record.identifier}/")


def _locked_out(settings, prefix: str) -> HttpResponseBase:
    settings.AXES_ENABLED = True
    tried = {"username": "ai-do", "password": "sai"}
    answers = [Client().post(f"{prefix}/tai-khoan/dang-nhap/", tried) for _ in range(settings.AXES_FAILURE_LIMIT)]
    return answers[-1]


def _failing(fault: str) -> Callable[..., HttpResponseBase]:
    return lambda settings, prefix: Client(raise_request_exception=False).get(f"{prefix}/thu-loi/{fault}/")


PAGES: dict[str, tuple[int, Callable[..., HttpResponseBase]]] = {
    "malformed": (400, lambda settings, prefix: Client().get(f"{prefix}/tim-kiem/?q=%00")),
    "forbidden": (403, _failing("403")),
    "old form": (403, lambda settings, prefix: Client(enforce_csrf_checks=True).post(f"{prefix}/thu-loi/403/", **FORM)),
    "lost": (404, _failing("404")),
    "withdrawn": (410, _withdrawn),
    "too large": (
        413,
        lambda settings, prefix: Client().post(f"{prefix}/thu-loi/403/", {"x": "x" * 2000}, "application/x-www-form-urlencoded"),
    ),
    "too often": (429, _too_often),
    "locked out": (429, _locked_out),
    "failed": (500, _failing("500")),
    "crowded": (503, _all_taken),
}
BOTH = pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
EACH = pytest.mark.parametrize("name", PAGES)


@EACH
@BOTH
def test_a_page_of_an_error_says_what_happened_in_the_readers_language_and_leads_on(client: Client, settings, prefix: str, name: str):
    status, ask = PAGES[name]
    answer = ask(settings, prefix)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{prefix.strip("/") or "vi"}">' in page
    assert answer["Content-Type"].startswith("text/html")
    assert str(status) in page
    main = page[page.index("<main") : page.index("</main>")]
    assert re.search(r'<a class="btn[^"]*" href="/', main) or 'class="doors"' in main
    settings.REQUEST_LIMITS = "off"
    own = answer.request["PATH_INFO"].removeprefix("/en")  # the link to the other language may lead to the same error
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', page)}
    asked = {link for link in links if not link.startswith("/static/") and link.partition("?")[0].removeprefix("/en") != own}
    assert {link: code for link in asked if (code := client.get(link).status_code) >= 400} == {}
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


@BOTH
def test_each_has_a_title_of_its_own(settings, prefix: str):
    titles = [re.search("<title>(.*?)</title>", ask(settings, prefix).content.decode())[1] for _status, ask in PAGES.values()]
    assert len(set(titles)) == len(PAGES) - 1  # too often and crowded say the same


@pytest.mark.parametrize(("name", "words"), [("too often", "giây"), ("crowded", "5 giây"), ("locked out", "1 giờ")])
def test_who_is_told_to_wait_is_told_how_long_in_words_and_for_programs(settings, name: str, words: str):
    answer = PAGES[name][1](settings, "")
    assert int(answer["Retry-After"]) > 0
    assert words in answer.content.decode()


def test_a_search_without_an_engine_says_when_to_come_again(client: Client, monkeypatch):
    def nobody(*_args: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("search.views.find", nobody)
    answer = client.get("/tim-kiem/?q=hoi")
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "sau 2 phút" in answer.content.decode()


@pytest.mark.parametrize("sent", ["old form", "too large"])
def test_an_old_form_leads_back_to_its_own_page_and_to_no_other_site(settings, sent: str):
    def page(**headers: str) -> str:
        body = {"x": "x" * 2000} if sent == "too large" else {}
        client = Client(enforce_csrf_checks=sent == "old form")
        return client.post("/thu-loi/403/", body, HTTP_HOST=HOST, **headers).content.decode()

    assert 'href="/tim-kiem/chi-tiet/?q=1"' in page(HTTP_REFERER=f"http://{HOST}/tim-kiem/chi-tiet/?q=1")
    for elsewhere in ("http://example.org/", "javascript:alert(1)", f"http://{HOST}.example.org/", ""):
        assert "Mở lại trang" not in page(HTTP_REFERER=elsewhere)
