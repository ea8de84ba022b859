"""What is scheduled is published and unpublished in time by the workers, without anybody's cron."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from library.records.models import Record
from library.records.models.choices import ReviewState
from library.regular_work import WORK
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_record, make_source, make_user

pytestmark = pytest.mark.django_db


def _scheduled(title: str) -> Record:
    """A draft that is to be published at a time which has come meanwhile."""
    record = make_record(title, published=False)
    record.go_live_at = timezone.now() + timedelta(minutes=5)
    revision = record.save_revision()
    revision.publish()
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    record.refresh_from_db()
    assert not record.live
    return record


def _run() -> None:
    next(work for work in WORK if work.name == "scheduled publication").run()


def test_a_scheduled_record_becomes_public():
    record = _scheduled("Hội xuân")
    address = record.get_absolute_url()
    assert Client().get(address).status_code == 404
    _run()
    assert Client().get(address).status_code == 200


def test_a_scheduled_record_is_a_draft_until_its_time_has_come():
    record = _scheduled("Hội xuân")
    assert record.review_state == ReviewState.DRAFT
    _run()
    assert Record.objects.get(pk=record.pk).review_state in (ReviewState.PUBLISHED, ReviewState.NEEDS_CHECKING)


def test_a_record_whose_time_is_over_is_no_longer_public():
    record = make_record("Hội cũ")
    Record.objects.filter(pk=record.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    _run()
    assert Client().get(record.get_absolute_url()).status_code == 404


def test_one_that_can_no_longer_be_published_does_not_hold_up_the_others():
    stuck, good = _scheduled("Hội bị gỡ"), _scheduled("Hội tốt")
    Record.objects.filter(pk=stuck.pk).update(withdrawn_at=timezone.now())
    _run()
    assert not Record.objects.get(pk=stuck.pk).live
    assert Record.objects.get(pk=good.pk).live


@pytest.fixture
def refused() -> SimpleNamespace:
    """A draft of an officer that a reviewer approved for a time that has come; meanwhile its source was deleted."""
    office = make_office()
    author = make_user("cataloguer", office, email="author@example.vn")
    reviewer = make_user("reviewer", office, email="reviewer@example.vn")
    UserProfile.objects.create(user=reviewer, preferred_language="en")
    load_review_workflow()
    record = make_record("Hội hẹn ngày", published=False, office=office, created_by=author)
    record.go_live_at = timezone.now() + timedelta(minutes=5)
    record.save_revision(user=author)
    record.get_default_workflow().start(record, author)
    record.current_workflow_task_state.approve(user=reviewer)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content |= {"go_live_at": revision.approved_go_live_at.isoformat(), "sources": []}
    revision.save()
    mail.outbox.clear()
    _run()
    return SimpleNamespace(record=record, author=author, reviewer=reviewer, bystander=make_user("cataloguer", office), revision=revision)


def test_a_refused_publication_is_told_to_author_and_reviewer_on_their_first_page(client, refused):
    for person, words in (
        (refused.author, "Hãy ghi ít nhất một nguồn."),
        (refused.reviewer, "at least one source"),
        (refused.bystander, ""),
    ):
        client.force_login(person)
        page = client.get("/admin/").content.decode()
        assert ('class="refusals' in page) is bool(words) and words in page
        assert not words or reverse("wagtailsnippets_records_record:edit", args=[refused.record.pk]) in page.split('class="refusals')[1]


def test_a_refused_publication_is_mailed_once_for_each_reason(refused):
    assert {letter.to[0] for letter in mail.outbox} == {"author@example.vn", "reviewer@example.vn"}
    by_person = {letter.to[0]: letter for letter in mail.outbox}
    assert "Hãy ghi ít nhất một nguồn." in by_person["author@example.vn"].body
    assert "at least one source" in by_person["reviewer@example.vn"].body
    _run()
    assert len(mail.outbox) == 2
    refused.revision.content |= {"summary_vi": ""}
    refused.revision.save()
    _run()
    assert len(mail.outbox) == 4


def test_a_mail_that_cannot_be_sent_stops_nothing(refused, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    refused.revision.content |= {"summary_vi": ""}
    refused.revision.save()
    _run()
    assert not Record.objects.get(pk=refused.record.pk).live


def test_what_was_mended_is_published_and_told_no_more(client, refused):
    draft = Record.objects.get(pk=refused.record.pk).get_latest_revision_as_object()
    draft.sources.add(draft.sources.model(source=make_source()))
    draft.save_revision(user=refused.author).publish()
    assert Record.objects.get(pk=refused.record.pk).live
    client.force_login(refused.author)
    assert 'class="refusals' not in client.get("/admin/").content.decode()
