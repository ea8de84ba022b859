"""No mail leaves before what it tells is committed, and a slow mail server holds no transaction open."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from library.accounts.models import Invitation, User
from library.settings import base
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Subjects in the order of sending. No mail server is asked, and none is asked inside a transaction."""
    subjects: list[str] = []

    def send(_backend: EmailBackend, messages: list[EmailMessage]) -> int:
        assert not connection.in_atomic_block
        subjects.extend(str(message.subject) for message in messages)
        return len(messages)

    settings.EMAIL_BACKEND = base.EMAIL_BACKEND
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return subjects


def _write(subject: str) -> None:
    send_mail(subject, "…", None, ["pao@example.vn"])


def test_a_mail_waits_for_the_commit_and_is_not_sent_after_a_rollback(sent: list[str]) -> None:
    with transaction.atomic():
        _write("đã lưu")
        assert sent == []
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        _write("không lưu")
        raise ValueError("no")
    _write("ngoài giao dịch")
    assert sent == ["đã lưu", "ngoài giao dịch"]


def test_a_mail_that_fails_after_the_commit_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_backend: EmailBackend, _messages: list[EmailMessage]) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with transaction.atomic():
        _write("đã lưu")
    assert "Mail was not sent: đã lưu" in caplog.text


def test_an_invitation_and_a_forgotten_password_are_mailed_after_the_request_is_committed(
    client: Client, administrator: User, sent: list[str]
) -> None:
    person = make_user("cataloguer", administrator.office, email="pao@example.vn")
    client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    assert len(sent) == 1
    client.force_login(administrator)
    address = reverse("wagtailusers_users:invitation", args=[person.pk])
    page = client.post(address, {"mail": "1"}, follow=True).content.decode()
    assert len(sent) == 2
    assert "Đã gửi lời mời đến pao@example.vn." in page and "invitation__code" not in page


def test_an_invitation_that_is_rolled_back_is_not_mailed(
    client: Client, administrator: User, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_user("cataloguer", administrator.office, email="pao@example.vn")
    client.force_login(administrator)
    client.raise_request_exception = False

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("after the mail was asked for")

    monkeypatch.setattr("library.accounts.admin.account_pages.redirect", fail)
    assert client.post(reverse("wagtailusers_users:invitation", args=[person.pk]), {"mail": "1"}).status_code == 500
    assert sent == [] and not Invitation.objects.exists()
