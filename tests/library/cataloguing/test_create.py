"""The address of a new record's form does not open a record whose work continued: withdrawn, unpublished, locked, labelled."""

import pytest
from django.urls import reverse

from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordLabel
from tests.factories import make_office, make_record, make_term, make_user

from .form.test_form import _form

pytestmark = pytest.mark.django_db


def _withdraw(record):
    withdraw(record, user=make_user("reviewer", record.office), reason="x")


def _lock(record):
    Record.objects.filter(pk=record.pk).update(locked=True)


def _label(record):
    RecordLabel.objects.create(record=record, label=make_term("local_contexts_labels", "tkss"))


CASES = {
    "withdrawn": (True, _withdraw),
    "unpublished": (True, lambda record: record.unpublish()),
    "locked": (False, _lock),
    "labelled": (False, _label),
}


@pytest.mark.parametrize("case", CASES)
def test_it_neither_shows_nor_overwrites_it(client, case):
    published, change = CASES[case]
    office = make_office()
    contributor = make_user("contributor", office)
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Lễ kín Zyx", office=office, created_by=contributor, published=published)
    change(record)
    client.force_login(contributor)
    address = f"{reverse('wagtailsnippets_records_record:add')}?type=heritage-element&ma={record.identifier}"
    assert client.get(address).status_code == 404
    assert client.post(address, _form("Đè lên")).status_code == 404
    assert Record.objects.get(pk=record.pk).title_vi == "Lễ kín Zyx"
