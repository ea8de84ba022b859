"""Two versions of a record are compared in words: no code of a vocabulary, no EDTF, no "None"; only what differs."""

import pytest
from django.test import Client
from django.urls import reverse

from library.cataloguing.review.comparison import details_differences
from tests.factories import make_office, make_record, make_term, make_user

pytestmark = pytest.mark.django_db


def _festival(**fields: object) -> list[dict[str, object]]:
    return [{"type": "festival", "value": fields}]


@pytest.fixture
def record(client: Client):
    make_term("calendars", "vn-lunar", "Âm lịch Việt Nam")
    client.force_login(make_user("reviewer", make_office()))
    return make_record("Hội", record_type="festival", details=_festival(scale="village"), office=make_office(), published=False)


def test_the_fields_of_a_type_are_compared_one_by_one_in_words(record):
    newer = make_record("Hội", record_type="festival", details=_festival(scale="village", calendar="vn-lunar"), published=False)
    assert [(each.label, each.before, each.after) for each in details_differences(record, newer)] == [("Lịch", "", "Âm lịch Việt Nam")]


def test_the_page_that_compares_two_versions_shows_no_code_and_no_none(client: Client, record):
    first = record.save_revision()
    record.details = _festival(scale="province", calendar="vn-lunar")
    record.dates.add(record.dates.model(edtf="1975?"))
    second = record.save_revision()
    address = reverse("wagtailsnippets_records_record:revisions_compare", args=[record.pk, first.pk, second.pk])
    page = client.get(address).content.decode()
    assert "Âm lịch Việt Nam" in page and "Quy mô" in page
    assert "vn-lunar" not in page and ">None<" not in page and "1975?" not in page
