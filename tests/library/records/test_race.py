"""A withdrawal is not undone by a publication that had read the record before it."""

import pytest
from django.core.exceptions import ValidationError

from library.records.actions.withdraw import withdraw
from library.records.models import Record
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


def test_a_publication_begun_before_the_withdrawal_does_not_bring_the_record_back():
    reviewer = make_user("reviewer", make_office())
    record = Record.objects.get(pk=make_record().pk)
    revision = record.save_revision(user=reviewer)
    withdraw(Record.objects.get(pk=record.pk), user=reviewer, reason="x")
    with pytest.raises(ValidationError):
        record.publish(revision, user=reviewer)
    now = Record.objects.get(pk=record.pk)
    assert now.withdrawn_at is not None and not now.live and now.access_level == "withdrawn"
