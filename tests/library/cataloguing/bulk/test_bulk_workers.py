"""Two workers, a stale worker and a person who saves meanwhile: a bulk edit changes each record once, and loses nobody's words."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connections, transaction
from django.utils import timezone

from background.leases import LeaseLostError, claim
from library.cataloguing.bulk.actions import carry_out, preview, steps
from library.cataloguing.bulk.models import BulkEdit, EditedRecord, State
from library.records.access.review_levels import wrote
from library.records.actions.save_version import save_version
from library.records.models import Record
from tests.factories import make_user
from tests.waiting import LONGEST

from .conftest import Place, add, begin, newest, run, tags, work

pytestmark = pytest.mark.django_db


def _stale(job: BulkEdit) -> BulkEdit:
    """A worker that holds the bulk edit, and was silent so long that another one holds it now."""
    stale = claim(BulkEdit.objects.all())
    assert stale is not None
    BulkEdit.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert claim(BulkEdit.objects.all()) is not None
    return stale


def test_a_stale_worker_previews_changes_and_takes_back_nothing(place: Place):
    record = place.draft()
    job = begin(place.author, [record], "tags", add("hội xuân"))
    BulkEdit.objects.update(state=State.CHECKING)
    EditedRecord.objects.update(outcome="")
    with pytest.raises(LeaseLostError):
        preview.preview_some(_stale(job))
    assert EditedRecord.objects.get().outcome == ""
    BulkEdit.objects.update(leased_until=None)
    work()
    steps.run(BulkEdit.objects.get(), user=place.author)
    with pytest.raises(LeaseLostError):
        carry_out.run_some(_stale(job))
    assert tags(record) == []
    BulkEdit.objects.update(leased_until=None)
    work()
    steps.undo(BulkEdit.objects.get(), user=place.author)
    with pytest.raises(LeaseLostError):
        carry_out.take_back_some(_stale(job))
    assert tags(record) == ["hội xuân"]


def test_who_chose_the_value_is_an_author_where_another_person_runs_it(place: Place):
    record = place.draft()
    chose = make_user("cataloguer", place.offices["province"])
    job = begin(chose, [record], "tags", add("hội xuân"))
    run(job, place.reviewer)
    record = Record.objects.get(pk=record.pk)
    assert wrote(chose, record, record.latest_revision) and not wrote(make_user(), record, record.latest_revision)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_not_over_yet_is_waited_for_and_kept(place: Place):
    record = place.draft()
    job = begin(place.author, [record], "tags", add("hội xuân"))
    steps.run(job, user=place.author)
    saved, over = Event(), Event()

    def person() -> None:
        with transaction.atomic():
            draft = newest(record)
            draft.summary_vi = "Viết lâu"
            save_version(draft, None)
            saved.set()
            over.wait(LONGEST)
        connections.close_all()

    other = Thread(target=person)
    other.start()
    assert saved.wait(LONGEST)
    worker = Thread(target=lambda: (work(), connections.close_all()))
    worker.start()
    over.set()
    other.join()
    worker.join()
    work()
    assert newest(record).summary_vi == "Viết lâu" and tags(record) == ["hội xuân"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_change_every_record_once(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(carry_out, "RECORDS_AT_ONCE", 2)
    records = [place.draft(f"Số {number}") for number in range(7)]
    job = begin(place.author, records, "tags", add("hội xuân"))
    steps.run(job, user=place.author)
    threads = [Thread(target=lambda: (work(), connections.close_all())) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work()
    assert BulkEdit.objects.get(pk=job.pk).state == State.DONE
    assert all(tags(record) == ["hội xuân"] and record.revisions.count() == 2 for record in records)
