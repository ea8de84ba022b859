"""The pages for signing in and for a new password speak the language that was chosen, the mail that of the person."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.users.models import UserProfile

from library.accounts.actions.invite import invite, send_invitation
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/admin/login/", "/admin/password_reset/"


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("address", [LOGIN, RESET, f"{RESET}done/", f"{RESET}confirm/MQ/set-password/", f"{RESET}complete/"])
def test_every_page_before_the_sign_in_has_both_languages(client, address):
    vietnamese = text_of(client, address)
    assert '<html lang="vi"' in vietnamese and 'href="?lang=en"' in vietnamese
    english = text_of(client, f"{address}?lang=en")
    assert '<html lang="en"' in english and 'href="?lang=vi"' in english
    assert "mật khẩu" not in english


def test_the_choice_is_kept_and_touches_no_public_page(client):
    client.get(f"{LOGIN}?lang=en")
    assert "Sign in" in text_of(client, LOGIN) and '<html lang="en"' in text_of(client, RESET)
    assert '<html lang="vi"' in text_of(client, "/tai-khoan/dang-nhap/")
    client.get(f"{LOGIN}?lang=xx")
    assert '<html lang="en"' in text_of(client, LOGIN)


def test_the_choice_keeps_the_page_that_was_asked_for(client):
    assert 'href="?next=%2Fadmin%2Freports%2F&amp;lang=en"' in text_of(client, f"{LOGIN}?next=/admin/reports/")


def test_the_own_profile_goes_before_the_choice(client, administrator):
    UserProfile.objects.create(user=administrator, preferred_language="vi")
    client.force_login(administrator)
    assert '<html lang="vi"' in text_of(client, "/admin/?lang=en")


def test_the_login_page_leads_to_the_invitation_and_has_the_librarys_styles(client):
    assert reverse("type-code") in text_of(client, LOGIN) and "admin/admin" in text_of(client, LOGIN)


@pytest.mark.parametrize(("profile", "asked", "subject"), [("en", "vi", "Choose"), ("", "en", "Choose"), ("", "vi", "Đặt lại")])
def test_the_mail_speaks_the_language_of_the_person(client, commune, profile, asked, subject):
    person = make_user("cataloguer", commune, email="pao@example.vn")
    UserProfile.objects.create(user=person, preferred_language=profile)
    client.post(f"{RESET}?lang={asked}", {"email": person.email})
    (letter,) = mail.outbox
    assert letter.subject.startswith(subject) and person.username in letter.body
    link = re.search(r"http://testserver(\S+)", letter.body).group(1)
    page = client.get(link, follow=True).content.decode()
    assert f'<html lang="{profile or asked}"' in page and "new_password1" in page


def test_an_invitation_speaks_the_language_of_the_person(administrator, commune):
    person = make_user("cataloguer", commune, email="pao@example.vn")
    UserProfile.objects.create(user=person, preferred_language="en")
    send_invitation(person, invite(person, manager=administrator))
    (letter,) = mail.outbox
    assert "/en/tai-khoan/loi-moi/" in letter.body and "mời" not in letter.subject


def test_whoever_accepts_an_invitation_in_english_works_in_english(client, administrator, commune):
    code = invite(make_user("cataloguer", commune), manager=administrator)
    password = "hoa-ban-tren-nui-2026"
    client.post(f"/en/tai-khoan/loi-moi/{code}/", {"new_password1": password, "new_password2": password})
    assert '<html lang="en"' in text_of(client, "/admin/")
