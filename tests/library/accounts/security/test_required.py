"""Roles that need a second factor are led to set one up; nothing else is open until then. A manager resets a lost one."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from library.accounts.models import User
from tests.factories import make_user
from tests.library.accounts.security.conftest import PASSWORD, code_of

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/bao-mat/"


def _sign_in(client: Any, person: Any) -> Any:
    return client.post("/admin/login/", {"username": person.username, "password": PASSWORD})


@pytest.mark.parametrize("role", ["reviewer", "administrator", "superuser"])
def test_who_must_have_one_can_do_nothing_else_until_one_is_set_up(client, province, role):
    person = User.objects.create_superuser("goc", "g@example.vn", PASSWORD) if role == "superuser" else make_user(role, province)
    _sign_in(client, person)
    for address in ("/admin/", "/admin/my-work/", "/", "/tim/", reverse("wagtailadmin_account"), reverse("mfa_generate_recovery_codes")):
        assert client.get(address).url == PAGE, address
    assert client.post("/admin/my-work/", headers={"accept": "application/json"}).json()["error_code"] == "second_factor"
    assert "cần xác thực hai bước" in client.get(PAGE).content.decode()
    page = client.get(reverse("mfa_activate_totp"))  # the password was typed just now: it is not asked for again
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    codes = client.get(answer.url)
    assert len(codes.context["unused_codes"]) == 10 and codes.context["can_view_codes"]
    assert not client.get(answer.url).context["can_view_codes"]  # shown once
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["contributor", "cataloguer"])
def test_other_roles_are_let_in_and_may_set_one_up(client, province, role):
    _sign_in(client, make_user(role, province))
    assert client.get("/admin/").status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_nobody_is_asked_where_the_setting_names_no_role(client, reviewer, settings):
    settings.SECOND_FACTOR_ROLES = []
    _sign_in(client, reviewer)
    assert client.get("/admin/").status_code == 200


def test_the_last_factor_of_a_role_that_needs_one_stays(client, reviewer, secret):
    client.force_login(reviewer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "cần xác thực hai bước" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=reviewer, type="totp").exists()


def test_without_the_password_nothing_of_the_second_factor_is_changed(client, reviewer, secret):
    client.force_login(reviewer)
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate")), name


def test_guessing_the_password_of_an_open_session_is_slowed(client, reviewer, secret):
    client.force_login(reviewer)
    answers = [client.post(reverse("account_reauthenticate"), {"password": "sai"}).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]
    assert "Xin chờ một chút" in client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).content.decode()


@pytest.mark.django_db(transaction=True)  # the letter goes after the commit
def test_a_manager_resets_a_lost_factor_and_the_person_is_told_and_signed_out(client, reviewer, secret, administrator):
    User.objects.filter(pk=reviewer.pk).update(email="pao@example.vn")
    elsewhere = Client()
    elsewhere.force_login(reviewer)
    elsewhere.get("/")
    client.force_login(administrator)
    session = client.session
    session.pop("second_factor_missing")
    session.save()
    address = reverse("wagtailusers_users:second_factor", args=[reviewer.pk])
    assert "mất điện thoại" in client.get(address).content.decode()
    client.post(address)
    assert not Authenticator.objects.filter(user=reviewer).exists()
    assert elsewhere.get("/admin/").status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["pao@example.vn"] and "đặt lại" in letter.subject
    entry = ModelLogEntry.objects.get(action="accounts.reset_second_factor")
    assert (entry.user, entry.object_id) == (administrator, str(reviewer.pk))
    assert not UserSession.objects.filter(user=reviewer).exists()


@pytest.mark.parametrize("who", ["other_province", "wider_office", "superuser", "no_office", "mightier"])
def test_nobody_outside_the_scope_is_reset(client, administrator, foreign, who, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(administrator)
    person = getattr(foreign, who)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    assert client.post(reverse("wagtailusers_users:second_factor", args=[person.pk])).status_code == 404
    assert Authenticator.objects.filter(user=person).exists()


def test_nobody_resets_the_own_factor(client, administrator, settings):
    settings.SECOND_FACTOR_ROLES = []
    Authenticator.objects.create(user=administrator, type="totp", data={"secret": "x"})
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:second_factor", args=[administrator.pk]))
    assert Authenticator.objects.filter(user=administrator).exists()
