"""What the pipeline needs, and what does not work without it: for ``manage.py doctor`` and ``/readyz``."""

from collections.abc import Callable
from dataclasses import asdict

from django.db import DatabaseError

from . import programs, queue, storage
from .result import FAILED, CheckResult

CHECKS: list[Callable[[], CheckResult]] = [
    programs.has_ffmpeg,
    programs.whitelist,
    programs.confinement,
    programs.has_tesseract,
    programs.joins_sound,
    programs.has_machine_voice,
    programs.makes_av1,
    programs.has_pyvips,
    storage.keeps_bytes,
    queue.media_queue,
    queue.uploads,
    storage.second_copy,
    storage.originals,
    storage.space,
    programs.limits,
]
AT_EVERY_MOMENT = [storage.keeps_bytes, queue.media_queue, storage.space]


def doctor() -> list[dict[str, str]]:
    """Every check as ``{"name", "status": "ok|missing|failed|off", "detail", "effect"}``; nothing raises."""
    return [_result_of(check) for check in CHECKS]


def readiness() -> list[dict[str, str]]:
    """What has to work at every moment: the storage, the queue, free disk space."""
    return [_result_of(check) for check in AT_EVERY_MOMENT]


def _result_of(check: Callable[[], CheckResult]) -> dict[str, str]:
    """A check that a broken disk or an absent database stops has failed; the others are still told."""
    try:
        return asdict(check())
    except (DatabaseError, OSError) as error:
        return asdict(CheckResult(check.__name__.replace("_", " "), FAILED, str(error)))
