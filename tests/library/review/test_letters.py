"""The letters of a review: to whom, when, and many as one."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from library.records.actions.change_office import change_office
from library.records.models import Record
from library.review import letters as letters_of_reviews
from library.review.actions.decide import approve, send_back
from library.review.actions.send_letters import LONGEST_WAIT, MOST_NAMED, send_letters
from library.review.models import PendingLetter
from tests.factories import make_office, make_user

from .conftest import letters, step_of

pytestmark = pytest.mark.django_db


def test_letters_go_to_the_reviewers_of_the_step_and_the_answer_to_the_author(chain):
    make_user("reviewer", chain.ministry, email="ministry@example.vn")
    reviewer = make_user("reviewer", chain.province, email="province@example.vn")
    record = chain.sent()
    asked = letters()
    assert [letter.to for letter in asked] == [["province@example.vn"]]
    assert f"/admin/records/{record.pk}/review/" in asked[0].body
    send_back(step_of(record), reviewer, reason="Thiếu <nguồn>.")
    assert [(letter.to, "Thiếu <nguồn>." in letter.body) for letter in letters()] == [(["author@example.vn"], True)]
    Record.objects.get().current_workflow_state.resume(chain.author)
    letters()
    approve(step_of(Record.objects.get()), reviewer)
    assert [letter.to for letter in letters()] == [["author@example.vn"]]
    assert letters() == []


def test_many_records_are_one_letter(chain, monkeypatch):
    make_user("reviewer", chain.province, email="province@example.vn")
    monkeypatch.setattr("library.review.actions.send_letters.MOST_NAMED", 3)
    for number in range(5):
        chain.sent(f"Hội số {number}")
    (letter,) = letters()
    assert letter.subject == "Chờ bạn duyệt: 5 tư liệu"
    assert "Hội số 2" in letter.body and "Hội số 3" not in letter.body and "Còn 2 tư liệu nữa." in letter.body
    assert MOST_NAMED >= 20


def test_a_letter_waits_while_more_is_coming_but_not_for_ever(chain):
    make_user("reviewer", chain.province, email="province@example.vn")
    chain.sent()
    assert not send_letters() and mail.outbox == []
    PendingLetter.objects.update(created_at=PendingLetter.objects.get().created_at - LONGEST_WAIT)
    chain.sent("Hội mới gửi")
    assert send_letters() and len(mail.outbox) == 1


def test_what_has_become_untrue_is_not_told(chain):
    make_user("reviewer", chain.province, email="province@example.vn")
    away, decided = chain.sent("Đã chuyển đi"), chain.sent("Đã quyết")
    change_office(away, make_office("tinh-1"), user=chain.author)
    send_back(step_of(decided), make_user("reviewer", chain.ministry), reason="Thiếu nguồn.")
    told = letters()
    assert [(letter.to, "Đã quyết" in letter.body, "Đã chuyển đi" in letter.body) for letter in told] == [
        (["author@example.vn"], True, False)
    ]


def test_a_mail_server_that_is_away_loses_no_letter_and_a_refused_address_holds_up_no_other(chain, monkeypatch):
    make_user("reviewer", chain.province, email="province@example.vn")
    chain.sent()
    send_mail = letters_of_reviews.send_mail

    def away(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    def refused(*args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(letters_of_reviews, "send_mail", away)
    assert not send_letters(quiet=timedelta(0)) and PendingLetter.objects.count() == 1
    monkeypatch.setattr(letters_of_reviews, "send_mail", send_mail)
    assert len(letters()) == 1
    chain.sent("Hội khác")
    monkeypatch.setattr(letters_of_reviews, "send_mail", refused)
    assert send_letters(quiet=timedelta(0)) and not PendingLetter.objects.exists()
