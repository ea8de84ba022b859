"""The office decides about restoring; what was once public is no contributor's draft any more."""

import pytest
from django.urls import reverse

from library.records.actions.withdraw import withdraw
from library.records.models import Record
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("office", "restored"), [("tinh-15", False), ("tinh-1", True), ("bo", True)])
def test_a_record_is_restored_by_its_own_office_and_those_above(client, office, restored):
    record = make_record(office=make_office("tinh-1"))
    withdraw(record, user=make_user("reviewer", make_office("tinh-1")), reason="x")
    client.force_login(make_user("administrator", make_office(office)))
    client.post(reverse("restore_record", args=[record.pk]))
    assert (Record.objects.get(pk=record.pk).withdrawn_at is None) is restored


@pytest.mark.parametrize("own", [True, False])
def test_who_withdrew_a_record_by_mistake_restores_it_from_the_message_and_a_colleague_does_not(client, own):
    office = make_office("tinh-1")
    record = make_record(office=office)
    client.force_login(make_user("reviewer", office))
    restoring = reverse("restore_record", args=[record.pk])
    page = client.post(reverse("withdraw_record", args=[record.pk]), {"reason": "nhầm"}, follow=True).content.decode()
    assert restoring in page
    if not own:
        client.force_login(make_user("reviewer", office))
    assert client.get(restoring).status_code == (200 if own else 404)
    client.post(restoring)
    assert (Record.objects.get(pk=record.pk).withdrawn_at is None) is own


def test_a_contributor_does_not_rewrite_what_the_office_took_back_to_work_on(client):
    office = make_office()
    contributor = make_user("contributor", office)
    record = make_record("Hội cũ", office=office, created_by=contributor)
    record.unpublish()
    client.force_login(contributor)
    assert client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk])).status_code in {302, 403}
    assert "Hội cũ" not in client.get(reverse("wagtailsnippets_records_record:list")).content.decode()
