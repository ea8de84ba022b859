"""Three levels of offices with their people, and a record on its way through them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from library.accounts.models import Office, User
from library.records.models import Record
from library.review.actions.send_letters import send_letters
from library.review.models import ReviewStep, current_step
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_term, make_user


@dataclass(frozen=True)
class Chain:
    """The ministry, a province and its commune; their people by role; what the tests do again and again."""

    ministry: Office
    province: Office
    commune: Office
    author: User

    def draft(self, title: str = "Gầu Tào", **fields: Any) -> Record:
        """A draft of the commune's author."""
        record = make_record(title, published=False, office=fields.pop("office", self.commune), created_by=self.author, **fields)
        record.save_revision(user=self.author)
        record.refresh_from_db()
        return record

    def sent(self, title: str = "Gầu Tào", **fields: Any) -> Record:
        """A draft that its author sent for review."""
        record = self.draft(title, **fields)
        record.get_workflow().start(record, self.author)
        return Record.objects.get(pk=record.pk)


@pytest.fixture
def chain() -> Chain:
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    load_review_workflow()
    ministry, province = make_office("bo"), make_office("tinh-15")
    commune = Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=province)
    return Chain(ministry, province, commune, make_user("cataloguer", commune, email="author@example.vn"))


def letters() -> list[EmailMessage]:
    """The letters that the worker sends now."""
    mail.outbox.clear()
    send_letters(quiet=timedelta(0))
    return list(mail.outbox)


def step_of(record: Record) -> ReviewStep:
    """The step that waits on this record."""
    step = current_step(record)
    assert step is not None
    return step
