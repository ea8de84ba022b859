"""Two workers, a stale worker, people who save meanwhile: an import writes each row once, and over nobody's words. Also on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from background.leases import LeaseLostError, claim
from library.exchange.actions import check, match, mend, receive, run
from library.exchange.actions.local_copy import local_copy, scratch_folder
from library.exchange.actions.resolve import Resolver
from library.exchange.actions.run import Runner
from library.exchange.actions.take_back import take_back_some
from library.exchange.actions.work import advance_imports, forget_old_files
from library.exchange.models import Import, ImportRow
from library.exchange.sheets.sources import NoMedia
from library.records.actions.save_version import save_version
from library.records.models import Record
from media_pipeline.storage import main_storage
from tests.media_pipeline.fixtures import picture_bytes
from tests.waiting import LONGEST, wait_until

from .conftest import work
from .sheets import HEADER, archive, workbook

pytestmark = pytest.mark.django_db
Make = Callable[..., Import]
ROWS = (("A1", "Hội Gầu Tào", "Mông", "", "", ""), ("A2", "Hội Nào Sồng", "Dao", "", "", ""))


def _claimed() -> Import:
    job = claim(Import.objects.all())
    assert job is not None
    return job


def _stale(job: Import) -> Import:
    """A worker that holds the import, and was silent so long that another one holds it now."""
    stale = _claimed()
    Import.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    _claimed()
    return stale


def test_a_stale_worker_writes_no_record_and_takes_none_back(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    match.run(job, user=province.user)
    stale = _stale(job)
    with pytest.raises(LeaseLostError):
        Runner(stale, NoMedia()).run_some()
    assert not Record.objects.exists() and not ImportRow.objects.filter(finished=True).exists()
    Import.objects.update(leased_until=None)
    work()
    match.undo(Import.objects.get(), user=province.user)
    stale = _stale(job)
    with pytest.raises(LeaseLostError):
        take_back_some(stale)
    assert Record.objects.count() == 2


def test_a_stale_worker_neither_checks_nor_reads_over_another(province: SimpleNamespace, checked: Make):
    job = receive.receive(province.user, province.office, "festival", BytesIO(workbook(HEADER, *ROWS)), "a.xlsx")
    stale = _stale(job)
    Import.objects.update(leased_until=None)
    work()
    with pytest.raises(LeaseLostError):
        receive.read(stale)
    assert ImportRow.objects.filter(owner=job).count() == 2
    job.refresh_from_db()
    match.match_columns(job, job.mapping, [], "fill", user=province.user)
    stale = _stale(job)
    with pytest.raises(LeaseLostError):
        check.check_some(stale, Resolver(stale))
    assert not ImportRow.objects.exclude(outcome="").exists()


def test_a_stop_ends_the_rows_that_were_being_prepared(checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    match.run(job, user=province.user)
    honest = Resolver.resolve

    def stopped_meanwhile(self: Resolver, rows: Any) -> Any:
        resolved = honest(self, rows)
        match.stop(Import.objects.get(pk=job.pk), user=province.user)
        return resolved

    monkeypatch.setattr(Resolver, "resolve", stopped_meanwhile)
    work()
    job.refresh_from_db()
    assert job.state == "checked" and not Record.objects.exists()


def test_each_worker_reads_in_a_folder_and_a_part_of_its_own(province: SimpleNamespace):
    job = receive.receive(province.user, province.office, "festival", BytesIO(workbook(HEADER, *ROWS)), "a.xlsx")
    stale = _stale(job)
    fresh = Import.objects.get()
    with scratch_folder(stale) as one, scratch_folder(fresh) as other:
        assert one != other and one.exists()


@pytest.mark.parametrize("existing", ["fill", "replace"])
def test_what_a_person_saves_between_the_look_and_the_writing_stays(
    imported: Make, checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, existing: str
):
    imported(workbook(HEADER, ROWS[0]), "a.xlsx")
    job = checked(workbook(HEADER, ("A1", "Tên của tệp", "Dao", "Tả Phìn", "", "")), "b.xlsx", existing=existing)
    match.run(job, user=province.user)
    honest = Runner._locked

    def saved_meanwhile(self: Runner, resolved: Any) -> Any:
        _save(Record.objects.get(), "Tên của người", "Người viết tay")
        return honest(self, resolved)

    monkeypatch.setattr(Runner, "_locked", saved_meanwhile)
    work()
    newest = Record.objects.get().get_latest_revision_as_object()
    assert (newest.title_vi, newest.summary_vi) == ("Tên của người", "Người viết tay")
    assert [place.label_vi for place in newest.places.all()] == (["Xã Tả Phìn"] if existing == "fill" else [])


def _save(record: Record, title: str, summary: str) -> None:
    draft = Record.objects.get(pk=record.pk)
    draft.title_vi, draft.summary_vi = title, summary
    save_version(draft, None)


def test_a_record_that_was_changed_after_the_check_is_not_replaced_but_asked_about(
    imported: Make, checked: Make, province: SimpleNamespace
):
    imported(workbook(HEADER, ROWS[0]), "a.xlsx")
    job = checked(workbook(HEADER, ("A1", "Tên của tệp", "Dao", "", "", "")), "b.xlsx", existing="replace")
    _save(Record.objects.get(), "Tên của người", "")
    match.run(job, user=province.user)
    work()
    assert Record.objects.get().title_vi == "Tên của người"
    row = job.rows.get()
    assert row.outcome == "refuse" and "sau lúc kiểm tra" in row.notes[-1]["allowed"]
    assert mend.check_again(Import.objects.get(pk=job.pk), row.number, user=province.user).outcome == "update"
    match.run(Import.objects.get(pk=job.pk), user=province.user)
    work()
    assert Record.objects.get().title_vi == "Tên của tệp"


def test_a_record_that_another_import_made_meanwhile_is_not_made_twice(
    checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
):
    first, second = (checked(workbook(HEADER, ROWS[0]), name) for name in ("a.xlsx", "b.xlsx"))
    match.run(first, user=province.user)
    honest, done = Runner._locked, []

    def made_meanwhile(self: Runner, resolved: Any) -> Any:
        if not done:
            done.append(1)
            match.run(Import.objects.get(pk=second.pk), user=province.user)
            work()
        return honest(self, resolved)

    monkeypatch.setattr(Runner, "_locked", made_meanwhile)
    work()
    assert Record.objects.count() == 1
    assert sorted(dict(Import.objects.get(pk=each.pk).counts()).popitem()[0] for each in (first, second)) == ["create", "skip"]


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_not_over_yet_is_waited_for_and_kept(imported: Make, checked: Make, province: SimpleNamespace):
    imported(workbook(HEADER, ROWS[0]), "a.xlsx")
    job = checked(workbook(HEADER, ("A1", "Tên của tệp", "Dao", "Tả Phìn", "", "")), "b.xlsx", existing="fill")
    match.run(job, user=province.user)
    saved, over = Event(), Event()

    def person() -> None:
        with transaction.atomic():
            _save(Record.objects.get(), "Tên của người", "Viết lâu")
            saved.set()
            over.wait(LONGEST)
        connections.close_all()

    other = Thread(target=person)
    other.start()
    assert saved.wait(LONGEST)
    worker = Thread(target=lambda: (work(), connections.close_all()))
    worker.start()
    if connection.vendor == "postgresql":
        _wait_for_a_lock()
    over.set()
    other.join()
    worker.join()
    newest = Record.objects.get().get_latest_revision_as_object()
    assert (newest.title_vi, newest.summary_vi) == ("Tên của người", "Viết lâu")
    assert [place.label_vi for place in newest.places.all()] == ["Xã Tả Phìn"]


def _wait_for_a_lock() -> None:
    """Until the worker stands before the row that the person has."""

    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
            return bool(cursor.fetchone()[0])

    wait_until(waits)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_every_row_once(checked: Make, province: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "ROWS_AT_ONCE", 3)
    jobs = [checked(workbook(HEADER, *((f"{name}{at}", f"Hội {at}", "Mông", "", "", "") for at in range(10))), name) for name in "ab"]
    for job in jobs:
        match.run(job, user=province.user)
    threads = [Thread(target=lambda: (work(), connections.close_all())) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work()
    assert Record.objects.count() == 20 and {job.state for job in Import.objects.all()} == {"done"}


def test_an_import_whose_file_is_gone_ends_with_the_reason(checked: Make, province: SimpleNamespace):
    header = ("Mã phiếu", "Tên", "Tên tệp ảnh, tiếng, phim")
    content = archive({"t.xlsx": workbook(header, ("A1", "Có ảnh", "1.jpg")), "1.jpg": picture_bytes()})
    job = checked(content, "a.zip")
    Import.objects.update(key="")
    match.run(Import.objects.get(), user=province.user)
    assert advance_imports()
    job.refresh_from_db()
    assert job.state == "checked" and "Hãy gửi lại" in job.problem and not Record.objects.exists()
    Import.objects.update(state="reading", leased_until=None)
    assert advance_imports()
    job.refresh_from_db()
    assert job.state == "refused" and "Hãy gửi lại" in job.problem


def test_a_file_stays_for_a_month_after_the_last_use(checked: Make, province: SimpleNamespace):
    job = checked(workbook(HEADER, *ROWS), "a.xlsx")
    long_ago = timezone.now() - timedelta(days=40)
    Import.objects.update(created_at=long_ago, used_at=long_ago)
    mend.leave_out(job, 2, user=province.user)
    forget_old_files()
    job.refresh_from_db()
    assert job.key and main_storage().stat(job.key)
    Import.objects.update(used_at=long_ago)
    forget_old_files()
    assert main_storage().stat(job.key) is None and Import.objects.get().key == ""


def test_equal_files_of_two_imports_are_kept_apart(province: SimpleNamespace):
    content = workbook(HEADER, *ROWS)
    one, other = (receive.receive(province.user, province.office, "festival", BytesIO(content), name) for name in ("a.xlsx", "b.xlsx"))
    assert one.key != other.key
    with local_copy(other) as path:
        assert path.read_bytes() == content
