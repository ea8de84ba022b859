"""What is scheduled is published and unpublished in time by the workers, without anybody's cron."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from library.records.models import Record
from library.regular_work import WORK
from tests.factories import make_record

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
