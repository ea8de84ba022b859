"""Wrong passwords: who is slowed, and who is not, also behind a web server."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from library.accounts.forms import BETWEEN_RESET_MAILS
from library.accounts.lockout import NAMES_FROM_ONE_ADDRESS, forget_old_attempts
from library.accounts.models import User
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/admin/login/", "/admin/password_reset/"
PASSWORD = "mot-mat-khau-dai-1945"
OFFICER, ATTACKER = "203.0.113.9", "198.51.100.6"


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings: Any) -> None:
    settings.AXES_ENABLED, settings.TRUSTED_PROXIES = True, 1


@pytest.fixture
def officer() -> User:
    user = make_user("reviewer", make_office("bo"))
    user.email = "can-bo@example.vn"
    user.set_password(PASSWORD)
    user.save()
    return user


def _try(name: str, password: str, forwarded: str) -> int:
    form = {"username": name, "password": password}
    return Client().post(LOGIN, form, headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="127.0.0.1").status_code


def test_somebody_elses_wrong_tries_do_not_lock_an_officer_out(officer):
    for _number in range(10):
        last = _try(officer.username, "sai", ATTACKER)
    assert last == 429
    assert _try(officer.username, PASSWORD, OFFICER) == 302


def test_a_false_forwarded_address_neither_frees_nor_shifts_the_lock(officer):
    for number in range(10):
        _try(officer.username, "sai", f"{OFFICER[:-1]}{number}, {ATTACKER}")
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {ATTACKER}
    assert _try(officer.username, "sai", f"192.0.2.77, {ATTACKER}") == 429
    assert _try(officer.username, PASSWORD, OFFICER) == 302


def test_one_password_tried_with_many_names_is_stopped(officer):
    answers = [_try(f"can-bo-{number}", "MatKhau@123", ATTACKER) for number in range(25)]
    assert answers[: NAMES_FROM_ONE_ADDRESS - 1] == [200] * (NAMES_FROM_ONE_ADDRESS - 1)
    assert set(answers[NAMES_FROM_ONE_ADDRESS:]) == {429}
    assert _try(officer.username, PASSWORD, OFFICER) == 302


def test_a_try_during_the_lock_does_not_prolong_it(officer):
    for _number in range(8):
        _try(officer.username, "sai", OFFICER)
    almost_over = timezone.now() - timedelta(minutes=59)
    AccessAttempt.objects.update(attempt_time=almost_over)
    assert _try(officer.username, "sai", OFFICER) == 429
    assert AccessAttempt.objects.get().attempt_time == almost_over
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert _try(officer.username, PASSWORD, OFFICER) == 302


def test_mistakes_before_a_good_login_are_forgiven(officer):
    for _number in range(7):
        _try(officer.username, "sai", OFFICER)
    assert _try(officer.username, PASSWORD, OFFICER) == 302
    assert _try(officer.username, "sai", OFFICER) == 200


def test_old_addresses_are_forgotten(officer, settings):
    _try(officer.username, "sai", OFFICER)
    _try(officer.username, PASSWORD, ATTACKER)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=settings.LOG_ADDRESS_DAYS + 1))
    forget_old_attempts()
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_asking_again_for_a_new_password_sends_no_second_mail_for_a_while(officer, mailoutbox):
    answers = {Client().post(RESET, {"email": officer.email}).status_code for _number in range(4)}
    assert (answers, len(mailoutbox)) == ({302}, 1)
    User.objects.update(reset_mailed_at=timezone.now() - BETWEEN_RESET_MAILS - timedelta(seconds=1))
    Client().post(RESET, {"email": officer.email})
    assert len(mailoutbox) == 2


def test_asking_for_an_unknown_address_looks_the_same(officer, mailoutbox):
    known, unknown = (Client().post(RESET, {"email": email}) for email in (officer.email, "ai-do@example.vn"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mailoutbox) == 1
