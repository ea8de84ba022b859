"""Leases of jobs: one worker at a time, a silent one is followed by another, and what it writes too late is refused."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from background import leases
from background.leases import Heartbeat, LeaseLostError, claim, claimed, keep, put_off, release
from library.exchange.models import Export
from tests.factories import make_user
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Export:
    return Export.objects.create(user=make_user(), format="csv")


def _silent_for_long(job: Export) -> None:
    Export.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def _reread(job: Export) -> Export:
    return Export.objects.get(pk=job.pk)


def test_a_job_that_somebody_holds_is_not_given_to_another(job: Export):
    assert claim(Export.objects.all()) == job and claim(Export.objects.all()) is None


def test_a_worker_that_was_silent_for_too_long_writes_nothing_more(job: Export):
    stale = claim(Export.objects.all())
    assert stale is not None
    _silent_for_long(job)
    fresh = claim(Export.objects.all())
    assert fresh is not None
    with pytest.raises(LeaseLostError):
        keep(stale, done=7)
    release(stale)  # takes nothing from the other
    keep(fresh, done=3)
    now = _reread(job)
    assert now.done == 3 and now.lease_token == fresh.lease_token and now.leased_until is not None


def test_a_job_that_a_person_has_moved_on_is_not_written(job: Export):
    held = claim(Export.objects.all())
    assert held is not None
    Export.objects.filter(pk=job.pk).update(state="stopped")
    with pytest.raises(LeaseLostError):
        keep(held, done=7)
    Export.objects.filter(pk=job.pk).delete()
    with pytest.raises(LeaseLostError):
        keep(held)


def test_a_lost_lease_ends_the_block_and_another_error_keeps_the_lease(job: Export):
    with claimed(Export.objects.all()) as held:
        assert held is not None
        Export.objects.filter(pk=job.pk).update(lease_token="other")
        keep(held)
    assert _reread(job).lease_token == "other"
    _silent_for_long(job)
    with pytest.raises(ZeroDivisionError), claimed(Export.objects.all()):
        raise ZeroDivisionError
    assert claim(Export.objects.all()) is None


def test_a_job_that_waits_is_left_alone_until_its_time(job: Export):
    with claimed(Export.objects.all()) as held:
        assert held is not None
        put_off(held, timedelta(minutes=1), problem="Chờ")
    assert claim(Export.objects.all()) is None and _reread(job).problem == "Chờ"
    _silent_for_long(job)
    assert claim(Export.objects.all()) == job


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_gets_the_job(job: Export):
    begin, got = Barrier(2), []

    def worker() -> None:
        begin.wait()
        got.append(claim(Export.objects.all()))
        connections.close_all()

    _run(worker, worker)
    assert sorted(each is None for each in got) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_a_step_is_long(job: Export, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(leases, "BEAT", 0.02)
    held = claim(Export.objects.all())
    assert held is not None
    _silent_for_long(job)
    with Heartbeat(held):
        wait_until(lambda: (until := _reread(job).leased_until) is not None and until > timezone.now())


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_a_job_while_its_writer_is_in_its_transaction(job: Export):
    held = claim(Export.objects.all())
    assert held is not None
    got: list[Any] = []

    def worker() -> None:
        got.append(claim(Export.objects.all()))
        connections.close_all()

    with transaction.atomic():
        keep(held, done=1)
        other = Thread(target=worker)
        other.start()
        keep(held, done=2)
    other.join()
    assert got == [None] and _reread(job).done == 2


def _run(*targets: Any) -> None:
    threads = [Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
