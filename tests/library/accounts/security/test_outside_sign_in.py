"""Sign-in with an OpenID Connect service of the settings: for people who were invited with that address, nobody else unless asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from library.accounts.actions.invite import invite
from library.accounts.models import Invitation, User
from library.settings.env import openid_connect
from tests.factories import make_user
from tests.library.accounts.security.conftest import code_of
from tests.library.accounts.security.oidc_server import CLIENT, SECRET, Service, oidc_service

pytestmark = pytest.mark.django_db
BEGIN, BACK = "/tai-khoan/dich-vu/oidc/", "/tai-khoan/dich-vu/oidc/ve/"
CLAIMS = {"sub": "84-001", "email": "Pao@Example.vn", "email_verified": True, "name": "Giàng A Páo", "preferred_username": "pao"}


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with oidc_service() as service:
        service.claims = dict(CLAIMS)
        settings.SECOND_FACTOR_ROLES = []
        settings.OIDC_SERVER, settings.OIDC_NAME = service.url, "Cổng dịch vụ tỉnh"
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(service.url, CLIENT, SECRET, "Cổng dịch vụ tỉnh")
        yield service


@pytest.fixture
def invited(province: Any) -> User:
    return make_user("reviewer", province, email="pao@example.vn")


def _come(client: Any, service: Service, begin: str = BEGIN) -> Any:
    address = client.get(begin).url
    assert address.startswith(f"{service.url}/authorization")
    return client.get(BACK + service.begin(address))


def test_both_sign_in_pages_lead_there_only_where_the_settings_name_one(client, service, settings):
    for page in ("/admin/login/", "/tai-khoan/dang-nhap/"):
        assert "Đăng nhập bằng Cổng dịch vụ tỉnh" in client.get(page).content.decode()
    settings.OIDC_SERVER = ""
    assert BEGIN not in client.get("/admin/login/").content.decode()


def test_an_invited_person_comes_in_and_the_invitation_is_taken(client, service, invited, administrator):
    invite(invited, manager=administrator)
    assert _come(client, service).url == "/admin/"
    assert client.session["_auth_user_id"] == str(invited.pk)
    assert Invitation.objects.get(user=invited).accepted_at
    client.logout()
    service.claims["email"] = "moi@example.vn"  # the service knows the person by its own number from now on
    _come(client, service, BEGIN + "?next=/admin/my-work/")
    assert client.session["_auth_user_id"] == str(invited.pk)


@pytest.mark.parametrize("change", [{"email": "la@example.vn"}, {"email_verified": False}, {"email": None}])
def test_who_was_not_invited_with_a_checked_address_stays_outside(client, service, invited, change):
    service.claims |= change
    answer = _come(client, service)
    assert (answer.status_code, "quản trị" in answer.content.decode()) == (403, True)
    assert "_auth_user_id" not in client.session and User.objects.count() == 1


def test_two_people_with_one_address_are_not_told_apart(client, service, invited, province):
    make_user("administrator", province, email="PAO@example.vn")
    assert _come(client, service).status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_stopped_account_stays_stopped(client, service, invited):
    User.objects.filter(pk=invited.pk).update(is_active=False)
    assert _come(client, service).status_code == 403
    assert "_auth_user_id" not in client.session


def test_only_the_setting_makes_accounts_and_these_have_no_right(client, service, settings):
    settings.OIDC_NEW_PEOPLE = True
    _come(client, service)
    person = User.objects.get(pk=client.session["_auth_user_id"])
    assert (person.office, person.get_all_permissions(), person.is_superuser) == (None, set(), False)
    assert client.get("/admin/").status_code == 302


def test_even_then_nobody_takes_the_account_of_somebody_with_that_address(client, service, settings, invited):
    settings.OIDC_NEW_PEOPLE = True
    service.claims["email_verified"] = False
    assert _come(client, service).status_code == 403


def test_the_own_second_factor_is_asked_for_here_too(client, service, reviewer, secret):
    User.objects.filter(pk=reviewer.pk).update(email="pao@example.vn")
    assert _come(client, service).url == "/tai-khoan/buoc-hai/"
    client.post("/tai-khoan/buoc-hai/", {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(reviewer.pk)


def test_a_service_that_refuses_is_told_in_words(client, service, invited):
    service.refuses = True
    assert "không trả lời như mong đợi" in _come(client, service).content.decode()
    assert "không trả lời như mong đợi" in client.get(BACK + "?error=access_denied&state=x").content.decode()


def test_without_settings_there_is_no_service(client):
    assert client.get(BEGIN).status_code == 404
    assert openid_connect("", "", "", "x") == {}
    with pytest.raises(ImproperlyConfigured):
        openid_connect("https://id.example.vn", CLIENT, "", "x")
