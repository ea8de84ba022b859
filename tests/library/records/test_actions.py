"""The actions change the state of a record. Each writes one audit row and announces the change, or does nothing at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from library.access import ANONYMOUS, STAFF, WITHDRAWN
from library.records.actions.create import create
from library.records.actions.publish import publish
from library.records.actions.withdraw import restore, withdraw
from library.records.models import MintedIdentifier, Record
from library.records.models.choices import Confidence, ReviewState
from library.records.signals import record_changed
from tests.factories import make_community, make_office, make_record, make_user, new_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    """Keys of the records that were announced as changed, in order."""
    keys = []

    def listener(record_ids, **kwargs):
        keys.extend(record_ids)

    record_changed.connect(listener)
    yield keys
    record_changed.disconnect(listener)


def test_a_new_record_has_a_minted_name_and_is_seen_by_nobody_outside():
    record = create(new_record())
    assert MintedIdentifier.objects.filter(name=record.identifier).exists()
    assert not record.live
    assert not Record.objects.visible_to(ANONYMOUS).exists()


def test_publishing_opens_the_record_and_announces_it(announced):
    record = create(new_record())
    announced.clear()
    record = publish(record)
    assert record.live and record.review_state == ReviewState.PUBLISHED
    assert Record.objects.visible_to(ANONYMOUS).get() == record
    assert announced == [record.pk], "once, however often the action saves it"
    assert ModelLogEntry.objects.filter(object_id=str(record.pk), action="wagtail.publish").count() == 1


def test_what_is_not_certain_is_published_as_needing_a_check():
    assert make_record(confidence=Confidence.MEDIUM).review_state == ReviewState.NEEDS_CHECKING


def test_publishing_without_a_required_field_changes_nothing():
    incomplete = new_record(details=[])
    incomplete.sources = []
    record = create(incomplete)
    with pytest.raises(ValidationError) as refusal:
        publish(record)
    assert {"sources", "details"} <= set(refusal.value.message_dict)
    record.refresh_from_db()
    assert not record.live
    assert record.revisions.count() == 0
    assert not ModelLogEntry.objects.filter(object_id=str(record.pk), action="wagtail.publish").exists()


def test_withdrawing_closes_the_record_and_keeps_its_name(announced):
    record = make_record()
    reviewer = make_user("reviewer", record.office)
    announced.clear()
    withdraw(record, user=reviewer, reason="Gia đình yêu cầu")
    assert record.pk in announced
    assert record.access_level == WITHDRAWN and not record.live
    assert not Record.objects.visible_to(ANONYMOUS).exists()
    assert Record.objects.get(identifier=record.identifier).withdrawn_reason == "Gia đình yêu cầu"
    assert ModelLogEntry.objects.get(object_id=str(record.pk), action="records.withdraw").data == {"reason": "Gia đình yêu cầu"}


def test_withdrawing_needs_the_right():
    record = make_record()
    with pytest.raises(PermissionDenied):
        withdraw(record, user=make_user("cataloguer", record.office), reason="x")
    record.refresh_from_db()
    assert record.live


def test_withdrawing_is_for_the_office_in_charge():
    record = make_record(office=make_office("tinh-15"))
    with pytest.raises(PermissionDenied):
        withdraw(record, user=make_user("reviewer", make_office("tinh-1")), reason="x")
    record.refresh_from_db()
    assert record.live


def test_a_restored_record_is_a_draft_until_it_is_published_again():
    record = make_record()
    reviewer = make_user("reviewer", record.office)
    withdraw(record, user=reviewer, reason="x")
    with pytest.raises(ValidationError):
        publish(record)
    with pytest.raises(PermissionDenied):
        restore(record, user=make_user("reviewer", record.office))  # whoever may not see it, and did not withdraw it, cannot restore it
    restore(record, user=make_user("administrator", record.office))
    assert record.review_state == ReviewState.DRAFT and not record.live
    assert not Record.objects.visible_to(ANONYMOUS).exists()
    assert publish(record).live


def test_a_revision_never_brings_back_a_withdrawn_state_or_another_name():
    record = make_record()
    revision = record.save_revision()
    reviewer = make_user("reviewer", record.office)
    withdraw(record, user=reviewer, reason="x")
    draft = revision.as_object()
    assert draft.withdrawn_at == record.withdrawn_at
    assert draft.identifier == record.identifier


def test_the_columns_of_the_access_rule_follow_the_record_on_every_save():
    community = make_community()
    record = make_record(own_access="community", communities=[community])
    assert record.access_level == "community"
    assert record.community_keys == f" {community.pk} "
    record.own_access = STAFF
    record.save()
    assert not Record.objects.visible_to(ANONYMOUS).exists()


def test_no_two_records_ever_share_a_name():
    names = [create(new_record(f"Tư liệu {n}")).identifier for n in range(20)]
    assert len(set(names)) == 20
