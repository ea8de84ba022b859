"""A dry run: runs files through ingest and pipeline and reports the outcome of each. For a scratch installation: see ``try_media``."""

import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection

from .. import signals
from ..errors import Refused, words_for
from ..jobs.runner import run_job
from ..models import Asset, MediaJob
from ..processes import scratch
from ..processes.sandbox import Watch
from ..storage import main_storage
from ..tracks import importing
from ..tracks.cues import TrackError
from .ingest import Declaration, ingest_received, receive
from .sniff import HEAD, is_captions

DAMAGED, PROTECTED, TOO_LARGE, REFUSED, WAITING = "damaged", "protected", "too_large", "refused", "waiting"
#: What a code of a failed asset means in one word; every other code of a failure means damaged.
OUTCOMES = {"protected": PROTECTED, "too_long": TOO_LARGE, "too_large_preview": TOO_LARGE, "over_limit": TOO_LARGE, "stalled": TOO_LARGE}
STATES = {
    Asset.State.READY: "ready",
    Asset.State.PARTLY: "partly",
    Asset.State.WAITING: WAITING,
    Asset.State.PROCESSING: WAITING,
}


def try_file(path: Path) -> dict[str, Any]:
    """One line of the report: outcome, code, message, kind, derivatives, seconds, peak memory in MB."""
    started, watch = time.monotonic(), Watch()
    try:
        with path.open("rb") as file:
            captions = is_captions(file.read(HEAD))
        report = _captions(path) if captions else _file(path, watch)
    except Refused as refusal:
        report = _report(REFUSED, refusal.code, refusal.message)
    seconds, megabytes = round(time.monotonic() - started, 2), round(watch.peak_rss / 1e6, 1)
    return {"file": path.name} | report | {"seconds": seconds, "peak_rss_mb": megabytes}


def _report(
    outcome: str, code: str = "", message: str = "", kind: str = "", derivatives: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {"outcome": outcome, "code": code, "message": message, "kind": kind, "derivatives": derivatives or []}


def _captions(path: Path) -> dict[str, Any]:
    """Captions are imported elsewhere: here they are read and their errors reported, not stored."""
    try:
        cues = importing.read(path.read_bytes())
    except TrackError as error:
        return _report(REFUSED, error.code, error.message, "track")
    text = {"name": "cues", "mime": "text/vtt", "bytes": sum(len(cue.text.encode()) for cue in cues)}
    return _report("ready", "", "", "track", [text])


def _file(path: Path, watch: Watch) -> dict[str, Any]:
    with path.open("rb") as stream, scratch.working_folder(scratch.INGEST) as folder:
        declaration = Declaration(path.name, size=path.stat().st_size)
        asset = ingest_received(receive(stream, folder / "original", declaration), declaration, folder=folder, watch=watch)
    _run_all(asset)
    asset.refresh_from_db()
    jobs = list(asset.jobs.all())
    watch.add(0, max((job.peak_rss or 0 for job in jobs), default=0))
    code = asset.problem or next((job.error_code for job in jobs if job.error_code), "")
    outcome = STATES.get(Asset.State(asset.state)) or OUTCOMES.get(code, DAMAGED)
    message = f"{words_for(code).what} {words_for(code).advice}" if code else ""
    return _report(outcome, code, message, asset.kind, [each.as_json() for each in asset.current])


def _run_all(asset: Asset) -> None:
    """Every job once; what waits for a retry or a tool is left as it is."""
    while job := asset.jobs.filter(state=MediaJob.State.QUEUED).order_by("priority", "pk").first():
        run_job(job.pk)


def prepare_scratch_installation() -> None:
    """On an empty database: only the pipeline's own tables and the user table they point to. Nobody above listens to what happens."""
    for signal in (signals.asset_ready, signals.asset_failed, signals.asset_withdrawn):
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    main_storage().prepare()
    with connection.schema_editor() as editor:
        editor.create_model(get_user_model())
        for model in apps.get_app_config("media_pipeline").get_models():
            editor.create_model(model)
