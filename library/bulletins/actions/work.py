"""The worker's part: joins the oldest bulletin that waits, and keeps its MP3 when it is whole. Safe to be cut off at any point."""

import logging
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from background.leases import claimed, keep, put_off
from library.accounts.admin_language import language_of
from media_pipeline.errors import MediaError, Waiting
from media_pipeline.processes import scratch
from media_pipeline.recipes import JOINED
from media_pipeline.stages.loudness import Measurement
from media_pipeline.storage import main_storage
from media_pipeline.storage.base import StorageError
from media_pipeline.storage.hashing import sha256_of

from ..access import closed_pieces
from ..lengths import LONGEST_MS
from ..models import Bulletin, BulletinState
from .close import close_stale
from .joined import PieceError, joined

logger = logging.getLogger(__name__)
AREA = "bulletins"
WAIT = timedelta(seconds=30)  # while disk, storage or a program are not there


def advance_bulletins() -> bool:
    """Joins the oldest bulletin that waits for a worker. Returns whether there was one."""
    with claimed(Bulletin.objects.filter(state__in=Bulletin.AT_WORK).select_related("made_by")) as bulletin:
        if bulletin is None:
            return False
        with translation.override(language_of(bulletin.made_by)):
            try:
                _advance(bulletin)
            except (Waiting, StorageError) as error:
                logger.warning("Bulletin %s waits: %r", bulletin.pk, error)
                why = error.message if isinstance(error, Waiting) else _("Kho tệp đang không trả lời. Máy sẽ tự làm tiếp.")
                put_off(bulletin, WAIT, problem=why)
                return False
            except (PieceError, MediaError) as error:
                logger.warning("Bulletin %s has failed: %r", bulletin.pk, error)
                _end(bulletin, BulletinState.FAILED, problem=error.message)
    return True


def _advance(bulletin: Bulletin) -> None:
    pieces = list(bulletin.pieces.select_related("asset__original", "record"))
    if closed := closed_pieces(pieces):
        raise PieceError(next(number for number, piece in enumerate(pieces, 1) if piece.pk in closed), next(iter(closed.values())))
    keep(bulletin, total=len(pieces) + 1, done=0, step_began_at=timezone.now(), problem="")
    with scratch.working_folder(AREA) as folder, scratch.disk_errors_as_waiting():
        path, measured = joined(pieces, folder, lambda done: keep(bulletin, done=done))
        if measured.duration_ms > LONGEST_MS:
            raise PieceError(len(pieces), _("Bản tin dài quá 60 phút."))
        _offer(bulletin, path, measured)
    close_stale(Bulletin.objects.filter(pk=bulletin.pk))


def _offer(bulletin: Bulletin, path: Path, measured: Measurement) -> None:
    """Stores the MP3 and names it in the row in one write; then the one before it goes."""
    storage, sha256, before = main_storage(patient=True), sha256_of(path), bulletin.key
    key = f"b/{bulletin.pk}-{sha256}"
    keep(bulletin)
    storage.put(key, path, sha256, JOINED["mime"])
    file = {"key": key, "sha256": sha256, "size": path.stat().st_size}
    heard = {"duration_ms": measured.duration_ms, "loudness_lufs": measured.lufs}
    with transaction.atomic():
        _end(bulletin, BulletinState.READY, done=bulletin.total, **file, **heard)
    if before and before != key:
        storage.delete(before)


def _end(bulletin: Bulletin, state: str, **columns: object) -> None:
    keep(bulletin, state=state, finished_at=timezone.now(), **({"problem": ""} | columns))
