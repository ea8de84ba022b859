"""Which jobs an asset needs, and the state of the asset that follows from its jobs. Every change of an asset's state happens here."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from .. import signals
from ..models import Asset, MediaJob
from ..probe import MediaInfo
from ..recipes import Recipe, recipe_hash, recipes_for
from . import notify

UNDERWAY = {MediaJob.State.QUEUED, MediaJob.State.RUNNING, MediaJob.State.RETRY_WAIT}


def facts(info: MediaInfo | None) -> dict[str, Any]:
    """The columns of an asset that come from probing; none while nothing is known."""
    if info is None:
        return {}
    return {
        "kind": info.kind,
        "width": info.width,
        "height": info.height,
        "pages": info.pages,
        "duration_header_ms": info.duration_header_ms,
        "probe": info.as_dict(),
        "private_meta": info.private,
    }


def hash_for(asset: Asset, recipe: Recipe) -> str:
    """The identity of a recipe's work on this asset as it is now, staff choices included."""
    return recipe_hash(recipe, asset.original.sha256, staff_options(asset))


def staff_options(asset: Asset) -> dict[str, Any]:
    """The staff's options for this file that recipes may depend on."""
    options = {name: getattr(asset, name) for name in ("poster_time_ms", "audio_track", "ocr_language")}
    return options | ({"turn": asset.turn} if asset.turn else {})


def recipes_of(asset: Asset) -> list[Recipe]:
    """The recipes that this asset should get."""
    candidates = recipes_for(asset.kind, asset.format, (asset.width or 0) * (asset.height or 0))
    return [recipe for recipe in candidates if _applies(recipe, asset)]


def _applies(recipe: Recipe, asset: Asset) -> bool:
    if recipe.needs_option and not getattr(asset, recipe.needs_option):
        return False
    if recipe.setting and not getattr(settings, recipe.setting):
        return False
    return not recipe.several_sounds or len(asset.probe.get("sound", ())) > 1


def enqueue(asset: Asset, *, problem: str = "") -> list[MediaJob]:
    """Create the jobs that the asset needs and does not have; with a problem they start as failed, ready to be run again.

    A recipe that comes after another one waits until that one is done. A second call changes nothing; only a job that another option
    had cancelled and that is needed again is queued again.
    """
    new_jobs = []
    for recipe in recipes_of(asset):
        if recipe.after and not _is_done(asset, recipe.after):
            continue
        defaults: dict[str, Any] = {"priority": recipe.priority}
        if problem:
            defaults |= {"state": MediaJob.State.FAILED, "error_code": problem}
        job, created = MediaJob.objects.get_or_create(asset=asset, kind=recipe.name, recipe_hash=hash_for(asset, recipe), defaults=defaults)
        if created or _queued_again(job, problem):
            new_jobs.append(job)
    if new_jobs and not problem:
        notify.send(new_jobs)
    return new_jobs


def _queued_again(job: MediaJob, problem: str) -> bool:
    cancelled = MediaJob.objects.filter(pk=job.pk, state=MediaJob.State.CANCELLED)
    columns: dict[str, Any] = {"state": MediaJob.State.QUEUED, "attempts": 0, "progress": 0, "error_code": "", "finished_at": None}
    return not problem and bool(cancelled.update(**columns))


def drop_overtaken(asset: Asset) -> None:
    """Cancel the unfinished jobs that the staff's options no longer need; a worker that runs one loses its lease, and its child ends."""
    current = [job.pk for job in current_jobs(asset)]
    others = asset.jobs.exclude(pk__in=current).exclude(state=MediaJob.State.DONE)
    others.update(state=MediaJob.State.CANCELLED, lease_token=None, lease_until=None, finished_at=timezone.now())


def _is_done(asset: Asset, name: str) -> bool:
    return any(job.kind == name and job.state == MediaJob.State.DONE for job in current_jobs(asset))


def current_jobs(asset: Asset) -> list[MediaJob]:
    """The jobs of today's recipes and options, not of earlier ones."""
    identities = {(recipe.name, hash_for(asset, recipe)) for recipe in recipes_of(asset)}
    return [job for job in MediaJob.objects.filter(asset=asset) if (job.kind, job.recipe_hash) in identities]


def refresh(asset: Asset) -> None:
    """Set the asset's state from its jobs and send the signals for it. Runs in the caller's transaction."""
    if asset.state == Asset.State.WITHDRAWN:
        return
    before = asset.state
    asset.state, asset.problem = _state(asset)
    asset.save(update_fields=["state", "problem"])
    if asset.state in {Asset.State.READY, Asset.State.PARTLY}:
        signals.asset_ready.send(sender=Asset, asset=asset)
    elif asset.state == Asset.State.FAILED and before != asset.state:
        signals.asset_failed.send(sender=Asset, asset=asset)


def _state(asset: Asset) -> tuple[str, str]:
    recipes = {recipe.name: recipe for recipe in recipes_of(asset)}
    jobs = current_jobs(asset)
    required = [job for job in jobs if recipes[job.kind].required]
    for job in required:
        if job.state in {MediaJob.State.FAILED, MediaJob.State.CANCELLED}:
            return _failed(asset, job)
    if any(job.state == MediaJob.State.WAITING for job in required):
        return Asset.State.WAITING, next(job.error_code for job in required if job.state == MediaJob.State.WAITING)
    without_job = {name for name, recipe in recipes.items() if recipe.required} - {job.kind for job in required}
    if without_job or any(job.state in UNDERWAY for job in required):
        return Asset.State.PROCESSING, ""
    failed = next((job for job in jobs if job.state == MediaJob.State.FAILED), None)
    return (Asset.State.PARTLY, failed.error_code) if failed else (Asset.State.READY, "")


def _failed(asset: Asset, job: MediaJob) -> tuple[str, str]:
    """Partly ready when something playable exists all the same, from an earlier recipe or an earlier step."""
    playable = asset.derivatives.filter(state="current").exists()
    return (Asset.State.PARTLY if playable else Asset.State.FAILED), job.error_code
