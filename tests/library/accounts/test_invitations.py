"""Invitations: a code works once, on paper or by mail; nobody but the person knows the password."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from library.accounts.actions.invite import UsedCodeError, accept, invite, open_invitation
from library.accounts.models import Invitation, User
from tests.factories import make_community, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "hoa-ban-tren-nui-2026"
NEW = {"full_name": "Giàng A Páo", "username": "", "email": "", "role": "cataloguer", "delivery": "paper"}


@pytest.fixture
def staff(client, administrator):
    client.force_login(administrator)
    return client


def _code_on(page: str) -> str:
    return page.split('invitation__code">')[2].split("<")[0]


def test_an_invitation_on_paper_is_followed_once(staff, administrator, commune, client):
    page = staff.post(reverse("wagtailusers_users:add"), NEW | {"office": commune.pk}, follow=True).content.decode()
    person = User.objects.get(username="giang-a-pao")
    assert (person.get_full_name(), person.office, person.groups.get().name) == ("Giàng A Páo", commune, "Người biên mục")
    assert not person.has_usable_password()
    code = _code_on(page)
    assert code not in staff.get(reverse("wagtailusers_users:invitation", args=[person.pk])).content.decode()
    staff.logout()

    typed = code.lower().replace("-", " ")
    address = client.get(reverse("type-code"), {"code": typed}).url
    assert "giang-a-pao" in client.get(address).content.decode()
    assert client.post(address, {"new_password1": "1", "new_password2": "1"}).status_code == 400
    assert client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD}).url == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("typed", ["/", "…", "mã", ".."])
def test_what_holds_no_sign_of_a_code_is_told_to_be_of_no_use(client, typed):
    assert client.get(reverse("type-code"), {"code": typed}, follow=True).status_code == 410


@pytest.mark.django_db(transaction=True)  # the mail goes after the commit
def test_an_invitation_by_mail_brings_the_link_and_shows_no_code(staff, commune):
    form = NEW | {"office": commune.pk, "delivery": "mail", "email": "pao@example.vn"}
    page = staff.post(reverse("wagtailusers_users:add"), form, follow=True).content.decode()
    assert "invitation__code" not in page
    (letter,) = mail.outbox
    assert letter.to == ["pao@example.vn"] and "http://testserver/tai-khoan/loi-moi/" in letter.body and "giang-a-pao" in letter.body


def test_mail_needs_an_address_and_paper_none(staff, commune):
    form = NEW | {"office": commune.pk, "delivery": "mail"}
    assert staff.post(reverse("wagtailusers_users:add"), form).status_code == 200
    assert not User.objects.filter(username="giang-a-pao").exists()


@pytest.mark.django_db(transaction=True)
def test_when_no_mail_can_be_sent_the_code_is_shown_instead(staff, commune, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
    form = NEW | {"office": commune.pk, "delivery": "mail", "email": "pao@example.vn"}
    page = staff.post(reverse("wagtailusers_users:add"), form, follow=True).content.decode()
    assert open_invitation(_code_on(page)).user.username == "giang-a-pao"


def test_a_new_code_takes_the_place_of_the_old_one(administrator, commune):
    person = make_user("cataloguer", commune)
    first, second = (invite(person, manager=administrator) for _time in range(2))
    with pytest.raises(UsedCodeError):
        accept(first, PASSWORD)
    assert accept(second, PASSWORD).check_password(PASSWORD)


def test_a_code_is_stored_as_a_hash_only_and_grows_old(administrator, commune):
    code = invite(make_user("cataloguer", commune), manager=administrator)
    invitation = Invitation.objects.get()
    assert code.replace("-", "") not in invitation.code_hash.upper()
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    invitation.save()
    with pytest.raises(UsedCodeError):
        open_invitation(code)


def test_the_form_gives_communities_of_the_scope_and_keeps_the_others(staff, administrator, commune):
    own, foreign = make_community("trong"), make_community("ngoai")
    own.office = administrator.office
    own.save()
    person = make_user("cataloguer", commune, communities=(foreign,))
    form = NEW | {"username": person.username, "office": commune.pk, "communities": [own.pk], "keeper_of": [own.pk]}
    staff.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
    assert {(row.community, row.keeper) for row in person.membership_set.all()} == {(own, True), (foreign, False)}
    staff.post(reverse("wagtailusers_users:edit", args=[person.pk]), form | {"communities": [foreign.pk], "keeper_of": []})
    assert {row.community for row in person.membership_set.all()} == {own, foreign}


def test_a_forgotten_password_is_set_again_by_mail(client, commune):
    person = make_user("cataloguer", commune, email="pao@example.vn")
    assert "Đặt lại mật khẩu" in client.get(reverse("wagtailadmin_password_reset")).content.decode()
    client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http://"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_people_without_mail_or_family_name_can_save_their_own_account(client, commune):
    person = make_user("cataloguer", commune)
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    form = {"name_email-first_name": "Páo", "name_email-last_name": "", "name_email-email": ""}
    client.post(reverse("wagtailadmin_account"), form | {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"})
    assert User.objects.get(pk=person.pk).first_name == "Páo"
