"""Many rows in one statement are what single rows are: defaults, times, JSON; and a column that a model computes is not left out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.exchange.models import Import, ImportRow
from library.many_rows import among, insert_many, update_many
from library.records.models import MintedIdentifier, Record
from tests.factories import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Import:
    return Import.objects.create(office=make_office(), file_name="a.xlsx", record_type="festival")


def test_what_a_row_does_not_name_has_its_default(job: Import):
    insert_many(
        ImportRow,
        [{"owner_id": job.pk, "number": 1, "cells": ["Hội", "Mông"], "code": "a"}, {"owner_id": job.pk, "number": 2, "cells": []}],
    )
    first, second = job.rows.all()
    assert (first.cells, first.code, first.notes, first.finished) == (["Hội", "Mông"], "a", [], False)
    assert (second.cells, second.code, second.outcome) == ([], "", "")


def test_a_time_that_the_model_sets_is_now():
    insert_many(MintedIdentifier, [{"name": "v1x"}])
    assert timezone.now() - MintedIdentifier.objects.get().minted_at < timedelta(minutes=5)


def test_a_column_that_the_model_computes_must_be_given():
    with pytest.raises(TypeError, match="name_key"):
        insert_many(Record, [{"title_vi": "Áo"}])


def test_rows_are_changed_by_their_keys_alone(job: Import):
    insert_many(ImportRow, [{"owner_id": job.pk, "number": number, "cells": []} for number in range(3)])
    first, second, _third = job.rows.all()
    update_many(ImportRow, [("create", [{"level": "changed"}], first.pk), ("skip", [], second.pk)], ("outcome", "notes"))
    assert [(row.outcome, row.notes) for row in job.rows.all()] == [("create", [{"level": "changed"}]), ("skip", []), ("", [])]


def test_any_number_of_rows_is_one_statement(job: Import):
    with CaptureQueriesContext(connection) as queries:
        insert_many(ImportRow, [{"owner_id": job.pk, "number": number, "cells": [str(number)]} for number in range(500)])
        insert_many(ImportRow, [])
    assert len(queries) == 1 and job.rows.count() == 500


def test_a_row_that_is_there_already_stays_where_conflicts_are_ignored():
    insert_many(MintedIdentifier, [{"name": "v1x"}])
    insert_many(MintedIdentifier, [{"name": "v1x"}, {"name": "v1y"}], ignore_conflicts=True)
    assert MintedIdentifier.objects.count() == 2


@pytest.mark.parametrize("left_out", [(), (30,)])
def test_rows_are_found_by_their_keys_whether_these_lie_side_by_side_or_not(job: Import, left_out: tuple[int, ...]):
    insert_many(ImportRow, [{"owner_id": job.pk, "number": number, "cells": []} for number in range(60)])
    first = job.rows.first()
    assert first is not None
    keys = [first.pk + number for number in range(55) if number not in left_out]
    for question in (among("pk", keys), Q(pk__one_of=keys)):
        assert set(ImportRow.objects.filter(question).values_list("pk", flat=True)) == set(keys)


def test_texts_are_found_with_their_quotes_and_marks():
    names = ["a'b", 'a"b', "ế"]
    insert_many(MintedIdentifier, [{"name": name} for name in [*names, "x"]])
    assert set(MintedIdentifier.objects.filter(name__one_of=names).values_list("name", flat=True)) == set(names)
    assert not MintedIdentifier.objects.filter(name__one_of=[]).exists()
