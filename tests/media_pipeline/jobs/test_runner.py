"""Jobs: one lease at a time, errors by their class, nothing visible before the activation."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from media_pipeline import signals
from media_pipeline.errors import Damaged, LeaseLost, MediaError, OverLimit, Protected, StopRequested, Transient, Waiting
from media_pipeline.jobs import lease, plan, runner
from media_pipeline.models import Asset, Blob, Derivative, MediaJob
from media_pipeline.preservation import sweeper
from media_pipeline.processes import scratch
from media_pipeline.stages import STAGES
from media_pipeline.stages.work import Result, Work
from media_pipeline.storage.base import StorageAbsent, StorageError, StorageFull
from media_pipeline.storage.local import LocalStorage
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = pytest.mark.django_db(transaction=True)

Take, WorkOff = Callable[..., Asset], Callable[[], int]


def test_a_worker_leaves_alone_what_another_version_of_the_recipe_asks_for(take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes())
    asset.jobs.update(recipe_hash="f" * 64)
    assert work_off() == 1
    job = asset.jobs.get()
    assert (job.state, job.error_code, job.attempts) == ("waiting", "other_recipe", 0)
    assert not asset.derivatives.exists()


def test_a_job_that_a_later_choice_has_overtaken_is_not_done(take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes())
    asset.jobs.update(recipe_hash="f" * 64)
    plan.enqueue(asset)
    work_off()
    assert list(asset.jobs.order_by("pk").values_list("state", flat=True)) == ["cancelled", "done"]
    assert {each.recipe_hash for each in asset.derivatives.all()} == {asset.jobs.get(state="done").recipe_hash}


def failing(error: BaseException) -> Callable[[Work], Result]:
    def stage(work: Work) -> Result:
        raise error

    return stage


@pytest.mark.parametrize(
    ("error", "state", "code", "attempts"),
    [
        (Damaged("cut_short"), "failed", "cut_short", 1),
        (Protected("protected"), "failed", "protected", 1),
        (OverLimit("over_limit"), "failed", "over_limit", 1),
        (Waiting("no_ffmpeg"), "waiting", "no_ffmpeg", 0),
        (StorageFull("x"), "waiting", "disk_full", 0),
        (StorageAbsent("x"), "waiting", "storage_absent", 0),
        (StorageError("503"), "retry_wait", "storage_error", 1),
        (Transient("bad_output"), "retry_wait", "bad_output", 1),
        (ZeroDivisionError("ours"), "retry_wait", "bug", 1),
        (OSError(28, "No space left on device"), "waiting", "disk_full", 0),
        (StopRequested(), "queued", "", 0),
    ],
)
def test_each_class_of_error_has_its_own_ending(
    take: Take, monkeypatch: pytest.MonkeyPatch, error: BaseException, state: str, code: str, attempts: int
) -> None:
    asset = take(picture_bytes())
    monkeypatch.setitem(STAGES, "image", failing(error))
    assert runner.run_one()
    job = asset.jobs.get()
    assert (job.state, job.error_code, job.attempts) == (state, code, attempts)
    assert job.lease_token is None
    assert not list(scratch.area(scratch.JOBS).iterdir())
    assert not runner.run_one() or state == "queued"


def test_a_transient_error_is_given_up_after_three_attempts_and_a_bug_after_two(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, allowed in ((Transient("storage_error"), 3), (KeyError("bug"), 2)):
        asset = take(picture_bytes())
        monkeypatch.setitem(STAGES, "image", failing(error))
        for _attempt in range(allowed):
            MediaJob.objects.filter(asset=asset).update(next_try_at=timezone.now() - timedelta(seconds=1))
            assert runner.run_one()
        assert asset.jobs.get().state == "failed"


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 30), (9, 30)])
def test_retries_come_later_each_time_and_not_all_at_once(attempts: int, minutes: int) -> None:
    delays = [lease.retry_delay(attempts) / timedelta(minutes=minutes) for _draw in range(50)]
    assert all(0.8 <= delay <= 1.2 for delay in delays)
    assert max(delays) - min(delays) > 0.1


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 30)])
def test_a_job_is_tried_again_after_its_delay(take: Take, monkeypatch: pytest.MonkeyPatch, attempts: int, minutes: int) -> None:
    monkeypatch.setattr(lease, "MAX_ATTEMPTS", 9)
    asset = take(picture_bytes())
    asset.jobs.update(attempts=attempts - 1)
    monkeypatch.setitem(STAGES, "image", failing(Transient("storage_error")))
    assert runner.run_one()
    delay = (asset.jobs.get().next_try_at or timezone.now()) - timezone.now()
    assert timedelta(minutes=0.8 * minutes, seconds=-30) < delay <= timedelta(minutes=1.2 * minutes)


def test_only_one_worker_gets_a_job(take: Take) -> None:
    take(picture_bytes())
    first = lease.claim()
    assert first is not None
    assert lease.claim() is None
    assert lease.claim(job_id=first.pk) is None
    assert lease.write(first, progress=0.5)


def test_a_worker_takes_only_its_kinds(take: Take) -> None:
    take(picture_bytes())
    assert lease.claim(["video"]) is None
    assert lease.claim(["image"]) is not None


def test_small_priorities_run_first(take: Take) -> None:
    late, soon = take(picture_bytes()), take(picture_bytes())
    late.jobs.update(priority=90)
    claimed = lease.claim()
    assert claimed is not None
    assert claimed.asset == soon


def test_a_worker_that_lost_its_lease_changes_nothing(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = take(picture_bytes())
    real = STAGES["image"]

    def taken_away(work: Work) -> Result:
        result = real(work)
        MediaJob.objects.update(lease_token=uuid.uuid4())
        return result

    monkeypatch.setitem(STAGES, "image", taken_away)
    assert runner.run_one()
    assert asset.jobs.get().state == "running"
    assert not Derivative.objects.exists()


def test_an_asset_withdrawn_during_the_work_stays_withdrawn_and_leaves_no_file(
    take: Take, monkeypatch: pytest.MonkeyPatch, media: LocalStorage
) -> None:
    asset = take(picture_bytes())
    real = STAGES["image"]

    def withdrawn(work: Work) -> Result:
        result = real(work)
        Asset.objects.update(state=Asset.State.WITHDRAWN)
        return result

    monkeypatch.setitem(STAGES, "image", withdrawn)
    runner.run_one()
    asset.refresh_from_db()
    assert asset.state == Asset.State.WITHDRAWN
    assert not Derivative.objects.exists()
    assert not list(media.walk("d/"))


def test_an_expired_lease_goes_back_at_once_and_stops_after_three(take: Take) -> None:
    asset = take(picture_bytes())
    for attempt in (1, 2, 3):
        claimed = lease.claim()
        assert claimed is not None
        assert claimed.attempts == attempt
        MediaJob.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert sweeper.sweep()["leases"] == 1
    job = asset.jobs.get()
    asset.refresh_from_db()
    assert (job.state, job.error_code, asset.state) == ("failed", "worker_died", Asset.State.FAILED)


def test_a_living_lease_is_left_alone(take: Take) -> None:
    take(picture_bytes())
    lease.claim()
    assert sweeper.sweep()["leases"] == 0


def test_a_changed_original_is_never_worked_on(take: Take, media: LocalStorage) -> None:
    asset = take(picture_bytes())
    path = media.path(asset.original.key)
    path.chmod(0o600)
    path.write_bytes(b"other bytes")
    runner.run_one()
    assert asset.jobs.get().error_code == "original_changed"


def test_the_original_is_the_same_before_and_after(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    data = picture_bytes()
    asset = take(data)
    work_off()
    assert b"".join(media.stream(asset.original.key)) == data


def test_signals_are_sent_when_an_asset_is_ready_or_has_failed(take: Take, work_off: WorkOff) -> None:
    heard: list[tuple[str, int]] = []

    def ready(asset: Asset, **kwargs: Any) -> None:
        heard.append(("ready", asset.pk))

    def failed(asset: Asset, **kwargs: Any) -> None:
        heard.append(("failed", asset.pk))

    signals.asset_ready.connect(ready)
    signals.asset_failed.connect(failed)
    try:
        good, bad = take(picture_bytes()), take(b"\xff\xd8\xff" + bytes(100))
        work_off()
    finally:
        signals.asset_ready.disconnect(ready)
        signals.asset_failed.disconnect(failed)
    assert heard == [("failed", bad.pk), ("ready", good.pk)]


def test_asking_twice_is_one_job(take: Take) -> None:
    asset = take(picture_bytes())
    assert plan.enqueue(asset) == []
    assert asset.jobs.count() == 1


def test_replaced_derivatives_go_after_a_day_with_their_files(take: Take, work_off: WorkOff, media: LocalStorage) -> None:
    asset = take(picture_bytes())
    work_off()
    Derivative.objects.update(state="superseded", superseded_at=timezone.now() - timedelta(days=2))
    Blob.objects.update(created_at=timezone.now() - timedelta(days=2))
    sweeper.sweep()
    assert not asset.derivatives.exists()
    assert not list(media.walk("d/"))
    assert media.stat(asset.original.key)


def test_files_without_a_row_are_found_only_when_old(take: Take, media: LocalStorage) -> None:
    import os

    stranger, fresh = media.path("d/x/0/a"), media.path("d/x/0/b")
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"x")
    fresh.write_bytes(b"y")
    os.utime(stranger, (0, 0))
    assert sweeper.remove_orphans() == 1
    assert fresh.exists()


def test_scratch_folders_without_a_job_are_removed(take: Take) -> None:
    import os

    left = scratch.area(scratch.JOBS) / "99-dead"
    left.mkdir()
    os.utime(left, (0, 0))
    assert sweeper.sweep()["scratch"] == 1
    assert not left.exists()


def test_every_code_has_its_words() -> None:
    from media_pipeline.errors import MESSAGES

    for code in MESSAGES:
        assert MediaError(code).message.strip()


def test_a_lost_lease_is_no_media_error() -> None:
    assert not issubclass(LeaseLost, MediaError)
