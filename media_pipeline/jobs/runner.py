"""Runs one job from its claim to its activation.

The only broad ``except`` of the package is here: whatever happens in a job, the worker goes on.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from ..errors import Damaged, LeaseLost, MediaError, OverLimit, Protected, Refused, StopRequested, Superseded, Transient, Waiting
from ..formats import CHUNKED, FORMATS
from ..models import Asset, MediaJob
from ..probe import MediaInfo, probe
from ..processes import scratch
from ..processes.sandbox import Watch
from ..recipes import BY_NAME, Recipe
from ..stages import STAGES
from ..stages.work import Result, Work
from ..storage import main_storage
from ..storage.base import StorageAbsent, StorageError, StorageFull, read_into
from ..storage.hashing import sha256_of
from . import lease, plan
from .activate import activate, store

log = logging.getLogger(__name__)
LOG_TAIL = 4000
_State = MediaJob.State


def run_one(kinds: list[str] | None = None, stop: Event | None = None) -> bool:
    """Claim the next job and carry it out; False when there is none that may run now."""
    return _run(lease.claim(kinds), stop)


def run_job(job_id: int, stop: Event | None = None) -> bool:
    """Carry out this job, unless it is done or another worker has it."""
    return _run(lease.claim(job_id=job_id), stop)


def _run(job: MediaJob | None, stop: Event | None) -> bool:
    if job is None:
        return False
    watch = Watch(stop_requested=stop or Event())
    with lease.Heartbeat(job, watch) as heartbeat:
        _conclude(job, watch, lambda: _carry_out(job, watch, heartbeat))
    return True


def _conclude(job: MediaJob, watch: Watch, carry_out: Callable[[], None]) -> None:
    """Do the work and write its outcome; a job that is no longer ours is left alone."""
    try:
        carry_out()
    except LeaseLost:
        log.warning("%s: the lease is lost", job)
    except StopRequested:
        lease.hand_back(job)
    except Superseded:
        lease.write(job, state=_State.CANCELLED, error_code="cancelled", lease_token=None, lease_until=None, finished_at=timezone.now())
    except Exception as error:  # noqa: BLE001  (a process boundary: one job's bug must not end the worker)
        _write_ending(job, watch, _as_media_error(error), traceback.format_exc())


def _as_media_error(error: Exception) -> MediaError:
    """The media error that an exception means for the job."""
    if isinstance(error, MediaError):
        return error
    if isinstance(error, StorageFull):
        return Waiting("disk_full", str(error))
    if isinstance(error, StorageAbsent):
        return Waiting("storage_absent", str(error))
    if isinstance(error, StorageError):
        return Transient("storage_error", str(error))
    return MediaError("bug", f"{type(error).__name__}: {error}")


def _write_ending(job: MediaJob, watch: Watch, error: MediaError, trace: str) -> None:
    if error.code == "bug":
        log.error("%s: %s\n%s", job, error.detail, error.log or trace)
    changes: dict[str, Any] = {
        "error_code": error.code,
        "error_text": error.detail,
        "log_tail": (error.log or trace)[-LOG_TAIL:],
        "lease_token": None,
        "lease_until": None,
        "cpu_s": round(watch.cpu_seconds, 3),
        "peak_rss": watch.peak_rss,
    } | _next_state(job, error)
    with transaction.atomic():
        if lease.write(job, **changes):
            plan.refresh(job.asset)


def _next_state(job: MediaJob, error: MediaError) -> dict[str, Any]:
    """What becomes of a job: the table of error classes."""
    failed = {"state": _State.FAILED, "finished_at": timezone.now()}
    if isinstance(error, Waiting):
        return {"state": _State.WAITING, "attempts": job.attempts - 1, "next_try_at": timezone.now() + lease.LOOK_AGAIN}
    if isinstance(error, Damaged | Protected | OverLimit | Refused):
        return failed
    allowed = lease.MAX_ATTEMPTS if isinstance(error, Transient) else 2
    if job.attempts >= allowed:
        return failed
    return {"state": _State.RETRY_WAIT, "next_try_at": Now() + lease.retry_delay(job.attempts)}


def _carry_out(job: MediaJob, watch: Watch, heartbeat: lease.Heartbeat) -> None:
    main_storage(patient=True).require()
    recipe = _recipe(job)
    with scratch.working_folder(scratch.JOBS, f"{job.pk}-{job.lease_token}") as folder, scratch.full_disk_as_waiting():
        work = _work(job, recipe, folder, watch, lambda part: setattr(heartbeat, "progress", part))
        result = STAGES[recipe.stage](work)
        watch.check()
        stored = store(job, work.folder, result.outputs)
        watch.check()
        activate(job, recipe, _with_info(result, job, work.info), stored, cpu_s=watch.cpu_seconds, peak_rss=watch.peak_rss)


def _recipe(job: MediaJob) -> Recipe:
    """The recipe that the job was made for. Raises Superseded or Waiting when this process knows only another one of that name."""
    recipe = BY_NAME.get(job.kind)
    recipe_hash = plan.hash_for(job.asset, recipe) if recipe else ""
    if recipe and recipe_hash == job.recipe_hash:
        return recipe
    if MediaJob.objects.filter(asset=job.asset, kind=job.kind, recipe_hash=recipe_hash, pk__gt=job.pk).exists():
        raise Superseded
    raise Waiting("other_recipe", f"{job.kind}: {job.recipe_hash[:16]} is not {recipe_hash[:16]}")


def _work(job: MediaJob, recipe: Recipe, folder: Path, watch: Watch, report: Callable[[float], None]) -> Work:
    """Everything the stage needs, the original fetched and compared where the recipe reads it."""
    asset, own = job.asset, scratch.part_for_children(folder)
    source = folder / "original"
    format_ = FORMATS[asset.format]
    if recipe.reads_original:
        fetch_original(job, source)
    info = MediaInfo.from_dict(asset.probe) if _probed(asset) else probe(source, format_, own, watch)
    return Work(
        source=source,
        info=info,
        opens_with=format_.opens_with,
        recipe=recipe,
        staff_options=plan.staff_options(asset),
        folder=own,
        watch=watch,
        report=report,
        fetch_derivative=lambda name: _fetch_derivative(job, name, folder),
        duration_ms=asset.duration_ms,
    )


def _probed(asset: Asset) -> bool:
    """Whether the facts of the file are known, and compared with its bytes where a header counts them."""
    return bool(asset.probe) and (asset.format not in CHUNKED or "uncounted" in asset.probe)


def fetch_original(job: MediaJob, target: Path) -> None:
    """Copy the original to scratch and compare its hash. Raises Waiting without room, Transient for changed bytes."""
    blob = job.asset.original
    scratch.require_room(2 * blob.size)
    try:
        with target.open("xb") as file:
            read_into(main_storage(patient=True), blob.key, file)
    except FileNotFoundError as error:
        raise Transient("original_changed", "missing") from error
    if (digest := sha256_of(target)) != blob.sha256:
        raise Transient("original_changed", digest)


def _fetch_derivative(job: MediaJob, name: str, folder: Path) -> Path | None:
    """A current derivative in scratch, by its name."""
    derivative = job.asset.derivatives.filter(name=name, state="current").select_related("blob").first()
    if derivative is None:
        return None
    path = folder / f"made-{name}"
    if not path.exists():
        with path.open("xb") as file:
            read_into(main_storage(patient=True), derivative.blob.key, file)
    return path


def _with_info(result: Result, job: MediaJob, info: MediaInfo) -> Result:
    """For an asset whose file could not be probed at ingest, or not as files are today: the facts found now."""
    if not _probed(job.asset):
        result.facts.update({name: value for name, value in plan.facts(info).items() if name != "kind"} | result.facts)
    return result
