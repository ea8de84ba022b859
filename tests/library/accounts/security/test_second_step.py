"""Signing in with a second factor: on both pages, over a form, after an invitation; and what a wrong code does."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as now
from django.urls import reverse
from wagtail.models import ModelLogEntry

from library.accounts.actions.invite import invite
from tests.factories import make_user
from tests.library.accounts.security.conftest import PASSWORD, code_of

pytestmark = pytest.mark.django_db
STAFF, SECOND, HOME = "/admin/login/", "/tai-khoan/buoc-hai/", "/admin/"


def _password(client: Any, person: Any, address: str = STAFF, **more: str) -> Any:
    return client.post(address, {"username": person.username, "password": PASSWORD} | more)


def _signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("address", [STAFF, "/tai-khoan/dang-nhap/", "/en/tai-khoan/dang-nhap/"])
def test_a_right_password_leads_to_the_second_step_and_the_code_to_the_page_that_was_asked_for(client, reviewer, secret, address):
    answer = _password(client, reviewer, address, next="/admin/my-work/")
    assert answer.url.endswith("/tai-khoan/buoc-hai/") and not _signed_in(client)
    assert client.get(HOME).status_code == 302
    assert client.get(SECOND).status_code == 200
    assert client.post(SECOND, {"code": code_of(secret)}).url == "/admin/my-work/"
    assert _signed_in(client) and client.get(HOME).status_code == 200


def test_without_a_second_factor_the_password_is_enough_where_the_role_asks_for_none(client, province):
    person = make_user("cataloguer", province)
    assert _password(client, person).url == HOME
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize(("remember", "age"), [("on", now.SESSION_COOKIE_AGE), ("", 0)])
def test_the_wish_to_be_remembered_survives_the_second_step(client, reviewer, secret, remember, age):
    _password(client, reviewer, **({"remember": remember} if remember else {}))
    client.post(SECOND, {"code": code_of(secret)})
    assert client.session.get("_session_expiry") == age


def test_a_code_works_once_and_a_recovery_code_too(client, reviewer, secret):
    (spare, *_rest) = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    for code in (code_of(secret), spare):
        _password(client, reviewer)
        client.post(SECOND, {"code": code})
        assert _signed_in(client)
        client.logout()
        _password(client, reviewer)
        assert "chưa đúng" in client.post(SECOND, {"code": code}).content.decode()
        assert not _signed_in(client)


def test_wrong_codes_lock_as_wrong_passwords_do_and_stand_in_the_log(client, reviewer, secret, settings):
    settings.AXES_ENABLED = True
    settings.ACCOUNT_RATE_LIMITS = False  # allauth's own limit would come first
    _password(client, reviewer)
    for _try in range(settings.AXES_FAILURE_LIMIT):
        client.post(SECOND, {"code": "000000"})
    answer = client.post(SECOND, {"code": code_of(secret)})
    assert "quá nhiều lần" in answer.content.decode() and not _signed_in(client)
    assert (
        ModelLogEntry.objects.filter(action="accounts.sign_in_refused", object_id=str(reviewer.pk)).count() == settings.AXES_FAILURE_LIMIT
    )
    assert _password(client, reviewer).status_code == 429


def test_over_a_form_the_code_is_asked_for_after_the_password(client, reviewer, secret):
    again, fields = "/admin/sign-in-again/", {"username": reviewer.username, "password": PASSWORD, "person": str(reviewer.pk)}
    first = client.post(again, fields)
    assert (first.status_code, first.json()["code_needed"], _signed_in(client)) == (400, True, False)
    wrong = client.post(again, fields | {"code": "000000"})
    assert (wrong.status_code, wrong.json()["code_needed"], _signed_in(client)) == (400, True, False)
    assert client.post(again, fields | {"code": code_of(secret)}).json()["person"] == str(reviewer.pk)
    assert _signed_in(client)


def test_a_new_password_by_invitation_does_not_go_round_the_second_factor(client, reviewer, secret, administrator):
    code = invite(reviewer, manager=administrator)
    new = {"new_password1": "hoa-ban-tren-nui-2026", "new_password2": "hoa-ban-tren-nui-2026"}
    assert client.post(reverse("accept-invitation", args=[code]), new).url.endswith("/tai-khoan/buoc-hai/")
    assert not _signed_in(client)


def test_who_signs_in_as_somebody_else_meets_the_second_step_of_that_person(client, reviewer, secret, province):
    client.force_login(make_user("", province))
    assert _password(client, reviewer).url == SECOND
    assert client.get(SECOND).status_code == 200


def test_the_secret_is_unreadable_in_the_database(client, reviewer, province):
    client.force_login(reviewer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    stored = Authenticator.objects.get(user=reviewer, type="totp").data["secret"]
    assert secret not in stored
    client.logout()
    _password(client, reviewer)
    client.post(SECOND, {"code": code_of(secret, 1)})
    assert _signed_in(client)
