"""The status of an asset as one value for the admin: state, progress, advice, kilobytes saved. Templates make no query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .. import derivative_names as names
from ..available_renditions import Picture, page_of, picture_of
from ..errors import words_for
from ..models import Asset, Derivative, MediaJob
from .job_notes import note, place_of

MOVING = {Asset.State.PROCESSING, Asset.State.WAITING}


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job in words."""

    label: str
    state: str
    percent: int | None
    note: str
    error: str
    advice: str
    log_tail: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that the admin shows of one asset."""

    asset: Asset
    label: str
    percent: int | None
    problem: str | Promise
    advice: str | Promise
    warnings: list[str | Promise]
    moving: bool
    may_run_again: bool
    original_kb: int
    smallest_kb: int | None
    saved_percent: int | None
    picture: Picture | None
    jobs: list[JobLine]
    derivatives: list[Derivative]


def status_of(asset: Asset, *, with_places: bool = False) -> Status:
    """The status of one asset whose ``original``, ``derivatives__blob`` and ``jobs`` are prefetched.

    ``with_places`` asks for the place of each waiting job in the queue: one query a job, for the page of one asset.
    """
    jobs = sorted(asset.jobs.all(), key=lambda job: job.pk)
    problem = words_for(asset.problem) if asset.problem else None
    ended_badly = any(job.state in {MediaJob.State.FAILED, MediaJob.State.RETRY_WAIT, MediaJob.State.WAITING} for job in jobs)
    smallest = smallest_copy(asset.current)
    return Status(
        asset=asset,
        label=asset.get_state_display(),
        percent=_percent(jobs) if asset.state == Asset.State.PROCESSING else None,
        problem=problem.what if problem else "",
        advice=problem.advice if problem else "",
        warnings=[words_for(code).what for code in asset.warnings],
        moving=asset.state in MOVING,
        may_run_again=ended_badly,
        original_kb=_kilobytes(asset.original.size),
        smallest_kb=_kilobytes(smallest) if smallest is not None else None,
        saved_percent=round(100 * (1 - smallest / asset.original.size)) if smallest is not None and asset.original.size else None,
        picture=picture_of(asset),
        jobs=[_line(job, asset, place_of(job) if with_places else None) for job in jobs],
        derivatives=sorted(asset.current, key=lambda each: (each.role, each.size_bytes)),
    )


def smallest_copy(derivatives: Iterable[Derivative]) -> int | None:
    """The size of the smallest thing that a reader on a weak link can open: the smallest film, sound, 400-point picture or first page."""
    sizes = [
        each.size_bytes
        for each in derivatives
        if each.role in {Derivative.Role.FILM, Derivative.Role.SOUND}
        or (each.role == Derivative.Role.PICTURE and each.name.startswith(names.prefix(names.IMAGE)) and (each.width or 0) >= 200)
        or (each.role == Derivative.Role.PAGE and page_of(each) == 1)
    ]
    return min(sizes, default=None)


def _kilobytes(size: int) -> int:
    return max(1, round(size / 1000))


def _percent(jobs: list[MediaJob]) -> int:
    """Progress over all jobs together, each counting the same."""
    if not jobs:
        return 0
    return round(100 * sum(1.0 if job.state == MediaJob.State.DONE else job.progress for job in jobs) / len(jobs))


_KINDS = {
    "image": lambda: _("Các cỡ ảnh"),
    "tiles": lambda: _("Mảnh ảnh để phóng to"),
    "audio": lambda: _("Các bản âm thanh"),
    "video": lambda: _("Các bản phim"),
    "audio-others": lambda: _("Các đường tiếng khác"),
    "video-others": lambda: _("Các đường tiếng khác"),
    "poster": lambda: _("Ảnh bìa"),
    "sprite": lambda: _("Ảnh xem trước khi tua"),
    "page-1": lambda: _("Trang đầu"),
    "pages": lambda: _("Các trang còn lại"),
    "letters": lambda: _("Máy đọc chữ trên trang"),
}


def _line(job: MediaJob, asset: Asset, place: int | None) -> JobLine:
    words = words_for(job.error_code) if job.error_code else None
    return JobLine(
        label=_KINDS[job.kind]() if job.kind in _KINDS else job.kind,
        state=str(job.get_state_display()),
        percent=round(100 * job.progress) if job.state == MediaJob.State.RUNNING else None,
        note=note(job, asset, place),
        error=str(words.what) if words else "",
        advice=str(words.advice) if words else "",
        log_tail=job.log_tail,
    )
