"""Where one is signed in, and signing out elsewhere."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from library.accounts.audit.addresses import forget_old_addresses
from library.accounts.security.sessions import device_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE, ELSEWHERE = "/tai-khoan/bao-mat/", "/tai-khoan/bao-mat/noi-khac/"
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def officer(province):
    return make_user("cataloguer", province)


def _browser(officer, agent: str) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.force_login(officer)
    browser.post("/")
    return browser


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "Chrome, Android"),
        (OFFICE, "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("curl/8", "Thiết bị lạ"),
    ],
)
def test_a_device_is_named_by_browser_and_system(agent, device):
    assert device_of(agent) == device


def test_the_list_names_each_device_and_says_which_one_is_this(officer):
    _browser(officer, PHONE)
    page = _browser(officer, OFFICE).get(PAGE)
    assert [(line.device, line.current) for line in page.context["sessions"]] == [("Edge, Windows", True), ("Chrome, Android", False)]
    assert "127.0.0.1" not in page.content.decode()


def test_one_session_or_all_others_are_signed_out(officer, province):
    phone, office, library = _browser(officer, PHONE), _browser(officer, OFFICE), _browser(officer, "curl/8")
    somebody = _browser(make_user("cataloguer", province), PHONE)
    of_phone = UserSession.objects.get(session_key=phone.session.session_key)
    office.post(ELSEWHERE, {"session": str(of_phone.pk)})
    assert [browser.get("/admin/").status_code for browser in (phone, office, library)] == [302, 200, 200]
    office.post(ELSEWHERE)
    assert [browser.get("/admin/").status_code for browser in (office, library, somebody)] == [200, 302, 200]


def test_a_session_of_somebody_else_cannot_be_named(officer, province):
    somebody = _browser(make_user("cataloguer", province), PHONE)
    row = UserSession.objects.get(session_key=somebody.session.session_key)
    _browser(officer, OFFICE).post(ELSEWHERE, {"session": str(row.pk)})
    assert somebody.get("/admin/").status_code == 200


def test_a_session_is_written_at_most_every_five_minutes_and_never_by_reading(officer):
    browser = _browser(officer, PHONE)
    first = UserSession.objects.get().last_seen_at
    browser.post("/")
    cache.clear()
    browser.get("/")
    assert UserSession.objects.get().last_seen_at == first
    browser.post("/")
    assert UserSession.objects.get().last_seen_at > first


def test_a_session_is_listed_from_its_beginning(officer):
    Client().force_login(officer)
    assert UserSession.objects.filter(user=officer).count() == 1


def test_a_session_that_is_on_no_list_yet_is_listed_with_the_next_work(officer):
    browser = _browser(officer, PHONE)
    UserSession.objects.all().delete()
    cache.clear()
    browser.post("/")
    assert [line.device for line in browser.get(PAGE).context["sessions"]] == ["Chrome, Android"]


def test_sessions_that_have_ended_are_forgotten_with_their_address(officer):
    browser = _browser(officer, PHONE)
    browser.session.delete()
    forget_old_addresses()
    assert not UserSession.objects.exists()


def test_the_own_settings_lead_to_the_page(officer):
    browser = _browser(officer, PHONE)
    assert PAGE in browser.get(reverse("wagtailadmin_account")).content.decode()
    assert "Về chỗ làm việc" in browser.get(PAGE).content.decode()
