"""Whatever changes a name that documents hold tells the index: a term by hand, a load from files, a person who is no person record."""

import pytest

from library.records.actions.withdraw import withdraw
from library.records.models import RecordPerson
from library.vocabularies.loading.rows import Row
from library.vocabularies.loading.sync import Entry, Report, sync_rows
from library.vocabularies.models import EthnicGroup
from search.indexing.fan_out import records_about
from search.models import IndexEvent
from tests.factories import make_group, make_office, make_record, make_term, make_user

pytestmark = pytest.mark.django_db


def _announced_records(kind):
    return [pk for event in IndexEvent.objects.filter(kind=kind) for pk in records_about(kind, event.object_id)]


def test_a_renamed_term_is_told():
    category, language = make_term("vn_ich_categories", "le-hoi"), make_term("languages", "hmn")
    first, second = make_record(), make_record(languages=[language])
    for term, named in ((category, {first.pk, second.pk}), (language, {second.pk})):
        IndexEvent.objects.all().delete()
        term.label_vi = "Tên mới"
        term.save()
        assert _announced_records("term") and named <= set(_announced_records("term"))


def test_a_group_renamed_by_a_load_is_told():
    group = make_group()
    record = make_record(groups=[group])
    entry = Entry(Row("x.csv", 2, {}), {"code": group.code, "name_vi": group.name_vi})
    sync_rows(EthnicGroup, ["code"], [entry], Report())
    IndexEvent.objects.all().delete()
    sync_rows(EthnicGroup, ["code"], [Entry(entry.row, entry.values | {"name_vi": "Hmông"})], Report())
    assert EthnicGroup.objects.get().name_vi == "Hmông"
    assert set(_announced_records("group")) == {record.pk}


def test_a_named_record_of_any_type_that_is_withdrawn_leaves_the_documents_that_name_it():
    named, record = make_record("Hội zyxwv"), make_record()
    RecordPerson.objects.create(record=record, person=named, role="singer")
    IndexEvent.objects.all().delete()
    withdraw(named, user=make_user("reviewer", make_office()), reason="x")
    assert set(_announced_records("person")) == {record.pk}
