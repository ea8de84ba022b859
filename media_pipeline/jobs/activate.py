"""Activation: derivatives become visible. Their bytes are stored under final keys first, then one transaction writes all rows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..delivery import public_links
from ..errors import LeaseLost
from ..file_names import EXTENSIONS
from ..models import Asset, Blob, Derivative, MediaJob, Segment, TextTrack
from ..models.blobs import ByteState
from ..processes import scratch
from ..recipes import OCR_LANGUAGES, Recipe
from ..stages.work import Output, Result
from ..storage import derivative_key, main_storage
from ..storage.hashing import sha256_of
from ..text.cleaning import clean
from . import plan


@dataclass(frozen=True, slots=True)
class StoredOutput:
    """One output and where its bytes are stored; readers do not see it yet."""

    output: Output
    key: str
    sha256: str
    size: int


def store(job: MediaJob, folder: Path, outputs: list[Output]) -> list[StoredOutput]:
    """Put every output, a file in the folder, under its final key. Keys follow from content: the same work again finds its bytes there."""
    storage, stored = main_storage(patient=True), []
    for output in outputs:
        path = scratch.own_file(folder, output.path)
        sha256 = sha256_of(path)
        key = derivative_key(job.asset.uuid, job.recipe_hash, output.name, sha256, EXTENSIONS[output.mime])
        size = path.stat().st_size
        storage.put(key, path, sha256, output.mime)
        stored.append(StoredOutput(output, key, sha256, size))
    return stored


def activate(job: MediaJob, recipe: Recipe, result: Result, stored: list[StoredOutput], *, cpu_s: float, peak_rss: int) -> None:
    """Make the new derivatives current and the job done, all or nothing. Raises LeaseLost after removing bytes that no job will claim."""
    try:
        with transaction.atomic():
            asset = _locked_asset(job)
            _make_current(asset, job, recipe, result, stored)
            _save_page_texts(asset, result.page_texts)
            _save_ocr_texts(asset, result.ocr_texts)
            _save_facts(asset, result)
            MediaJob.objects.filter(pk=job.pk).update(
                state=MediaJob.State.DONE,
                progress=1,
                lease_token=None,
                lease_until=None,
                error_code="",
                error_text="",
                log_tail="",
                finished_at=timezone.now(),
                cpu_s=round(cpu_s, 3),
                peak_rss=peak_rss,
            )
            earlier = asset.jobs.filter(kind=job.kind, state=MediaJob.State.DONE).exclude(pk=job.pk)
            earlier.update(state=MediaJob.State.CANCELLED)  # its derivatives are superseded: if needed again, they are made again
            plan.enqueue(asset)
            plan.refresh(asset)
            public_links.refresh_after_commit(asset)
    except LeaseLost:
        _remove_unclaimed(job, stored)
        raise


def _locked_asset(job: MediaJob) -> Asset:
    """The asset, locked; only while the lease is ours, the asset is not withdrawn and the original is the same."""
    job_rows = MediaJob.objects.select_for_update().filter(pk=job.pk, lease_token=job.lease_token, state=MediaJob.State.RUNNING)
    asset = Asset.objects.select_for_update(of=("self",)).select_related("original").filter(pk=job.asset_id).first()
    if not job_rows.exists() or asset is None or asset.state == Asset.State.WITHDRAWN or asset.original_id != job.asset.original_id:
        raise LeaseLost
    return asset


def _make_current(asset: Asset, job: MediaJob, recipe: Recipe, result: Result, stored: list[StoredOutput]) -> None:
    now = timezone.now()
    names = [item.output.name for item in stored]
    current = asset.derivatives.filter(state=Derivative.State.CURRENT)
    stale = current.filter(recipe=recipe.name) | current.filter(name__in=names)
    stale.update(state=Derivative.State.SUPERSEDED, superseded_at=now)
    for item in stored:
        blob, _created = Blob.objects.get_or_create(
            key=item.key,
            defaults={
                "area": Blob.Area.DERIVATIVE,
                "sha256": item.sha256,
                "size": item.size,
                "mime": item.output.mime,
                "state": ByteState.OK,
            },
        )
        Derivative.objects.update_or_create(
            asset=asset,
            recipe_hash=job.recipe_hash,
            name=item.output.name,
            defaults=_columns(item) | {"recipe": recipe.name, "blob": blob, "tool_versions": result.tools, "verified_at": now},
        )


def _columns(item: StoredOutput) -> dict[str, Any]:
    output = item.output
    return {
        "role": output.role,
        "mime": output.mime,
        "codecs": output.codecs,
        "width": output.width,
        "height": output.height,
        "duration_ms": output.duration_ms,
        "size_bytes": item.size,
        "average_bitrate": output.average_bitrate,
        "peak_bitrate": output.peak_bitrate,
        "state": Derivative.State.CURRENT,
        "superseded_at": None,
    }


def _save_facts(asset: Asset, result: Result) -> None:
    for column, value in result.facts.items():
        setattr(asset, column, value)
    asset.warnings = sorted({*asset.warnings, *result.warnings})
    asset.save(update_fields=[*result.facts, "warnings"])


def _save_page_texts(asset: Asset, texts: dict[int, str]) -> None:
    """The text layer of the pages as one track; pages made again replace their own segments only."""
    if any(text.strip() for text in texts.values()):
        track, _created = TextTrack.objects.get_or_create(
            asset=asset, role=TextTrack.Role.PAGE_TEXT, source=TextTrack.Source.IMPORT, defaults={"language": "und"}
        )
        _fill_pages(track, texts)


def _save_ocr_texts(asset: Asset, texts: dict[int, str]) -> None:
    """The recognised text as a track of its own, not yet reviewed. Text that a person has corrected stays as it is."""
    ocr_tracks = asset.tracks.filter(role=TextTrack.Role.OCR)
    if not any(text.strip() for text in texts.values()) or ocr_tracks.exclude(source=TextTrack.Source.MACHINE, reviewed=False).exists():
        return
    track = ocr_tracks.first() or TextTrack(asset=asset, role=TextTrack.Role.OCR, source=TextTrack.Source.MACHINE)
    track.language = OCR_LANGUAGES[asset.ocr_language][1]
    track.save()
    track.segments.exclude(page__in=texts).delete()
    _fill_pages(track, texts)


def _fill_pages(track: TextTrack, texts: dict[int, str]) -> None:
    page_texts = {page: clean(text) for page, text in texts.items() if text.strip()}
    track.segments.filter(page__in=texts).delete()
    Segment.objects.bulk_create(Segment(track=track, order=page, page=page, text=text) for page, text in sorted(page_texts.items()))
    track.text_bytes = sum(len(text.encode()) + 1 for text in track.segments.values_list("text", flat=True))
    track.save(update_fields=["text_bytes", "updated_at"])


def _remove_unclaimed(job: MediaJob, stored: list[StoredOutput]) -> None:
    """After a lost lease. If the job was cancelled, no worker will write these keys again, so they are deleted. Otherwise the next worker
    may write the same keys and use them already: then the sweeper decides.
    """
    alive = MediaJob.objects.filter(pk=job.pk).exclude(state=MediaJob.State.CANCELLED).exclude(asset__state=Asset.State.WITHDRAWN)
    if alive.exists():
        return
    for item in stored:
        if not Blob.objects.filter(key=item.key).exists():
            main_storage(patient=True).delete(item.key)
