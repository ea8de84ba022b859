"""Many records at once are what one is: named, checked, cleaned, logged, announced; and the queries do not grow with their number."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from library.records.actions.create_many import NewRecord, create_many
from library.records.models import MintedIdentifier, Record
from library.records.models.keywords import KeywordTag
from search.models import IndexEvent
from tests.factories import make_group, make_office, make_term, make_user

pytestmark = pytest.mark.django_db


def _new(title: str, key: str | None = None, **columns: object) -> NewRecord:
    return NewRecord(
        "costume",
        key,
        columns={"title_vi": title, "rights_id": make_term("rights_statements", "CNE").pk, **columns},
        links={"groups": [make_group().pk]},
        rows={"sources": [{"citation": "Sổ\x0btay"}], "people": [{"name": "Giàng A Páo", "role": "teller"}]},
        details={"kind": "garment"},
        tags=["áo", "chàm"],
    )


def test_many_records_are_named_cleaned_logged_and_announced():
    office, user = make_office(), make_user("cataloguer", make_office())
    first, second = create_many([_new("Áo\x00 chàm", "a"), _new("Váy")], office=office, user=user)
    record = Record.objects.get(pk=first.pk)
    assert record.title_vi == "Áo chàm" and record.source_key == "a" and not record.live and record.created_by == user
    assert MintedIdentifier.objects.filter(name__in=[first.identifier, second.identifier]).count() == 2
    assert [group.name_vi for group in record.groups.all()] == ["Mông"]
    assert record.sources.get().citation == "Sổ tay" and record.people.get().name == "Giàng A Páo"
    assert record.details[0].value["kind"] == "garment"
    assert {tag.name for tag in record.tags.all()} == {"áo", "chàm"} == set(KeywordTag.objects.values_list("name", flat=True))
    log = ModelLogEntry.objects.filter(object_id__in=[str(first.pk), str(second.pk)], action="wagtail.create", user=user)
    assert {entry.label for entry in log} == {"Áo chàm", "Váy"}
    assert IndexEvent.objects.filter(object_id__in=[first.pk, second.pk]).count() >= 2


def test_a_wrong_value_creates_none():
    with pytest.raises(ValidationError):
        create_many([_new("Áo"), _new("Váy", confidence="chắc")], office=make_office(), user=None)
    assert not Record.objects.exists()


def test_a_record_made_so_is_edited_as_any_other():
    [made] = create_many([_new("Áo")], office=make_office(), user=None)
    record = Record.objects.get(pk=made.pk)
    record.title_vi = "Áo dài"
    record.save_revision()
    assert Record.objects.get(pk=made.pk).get_latest_revision_as_object().people.get().name == "Giàng A Páo"


def test_the_queries_do_not_grow_with_the_records():
    office = make_office()
    create_many([_new("Áo")], office=office, user=None)
    counts = []
    for number in (2, 12):
        drafts = [_new(f"Áo {at}") for at in range(number)]
        with CaptureQueriesContext(connection) as queries:
            create_many(drafts, office=office, user=None)
        counts.append(len(queries))
    assert counts[0] == counts[1]
