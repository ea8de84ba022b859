"""The worker's part of exports: gathers records for some seconds at a time, then writes the file. Safe to be cut off at any point."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.errors import Waiting
from media_pipeline.processes import scratch
from media_pipeline.storage.base import StorageError
from media_pipeline.storage.hashing import sha256_of

from ..access import may_export
from ..formats.bag import DamagedOriginalError
from ..formats.format import Lines
from ..formats.registry import FORMATS
from ..gathering.batch import Batch
from ..gathering.tell import tell_all
from ..models import Export, ExportState
from ..models.exports import AT_WORK, KEPT
from . import export_files
from .export import name_of, open_bytes

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
WAIT = timedelta(seconds=30)  # while disk or storage are not there
TURN = 5.0  # seconds of gathering before others have their turn
RECORDS_AT_ONCE = 100
LOOKS_EVERY = 2.0  # seconds between two looks whether somebody has stopped it


class _Stopped(Exception):
    """A person has stopped the export."""


def advance_exports() -> bool:
    """Moves the oldest export on that waits for a worker. Returns whether there was one."""
    export = _claim()
    if export is None:
        return False
    with translation.override(export.language), term_labels_read_once():
        try:
            _advance(export)
        except _Stopped:
            return True
        except (DamagedOriginalError, FileNotFoundError) as error:
            logger.warning("Export %s has failed: %r", export.pk, error)
            _end(export, ExportState.FAILED, problem=_("Một tệp gốc trong kho bị mất hoặc hỏng. Xin báo cho quản trị."))
        except (Waiting, StorageError) as error:
            logger.warning("Export %s waits: %r", export.pk, error)
            Export.objects.filter(pk=export.pk).update(
                leased_until=timezone.now() + WAIT, problem=_("Kho tệp đang không trả lời. Máy sẽ tự làm tiếp.")
            )
            return False
    Export.objects.filter(pk=export.pk, state__in=AT_WORK).update(leased_until=None)
    return True


def forget_old_exports() -> None:
    """Removes the files of exports that ended, or were stopped, a week ago."""
    old = Export.objects.exclude(state__in=(*AT_WORK, ExportState.FORGOTTEN)).filter(created_at__lt=timezone.now() - KEPT)
    for export in old.filter(Q(finished_at=None) | Q(finished_at__lt=timezone.now() - KEPT)):
        export_files.forget(export)
        Export.objects.filter(pk=export.pk).update(state=ExportState.FORGOTTEN, key="", done=0, gathered_bytes=0, records=[])


def _claim() -> Export | None:
    """The next export, for LEASE: another worker takes it again when this one is silent for so long."""
    now = timezone.now()
    free = Export.objects.filter(state__in=AT_WORK).filter(Q(leased_until=None) | Q(leased_until__lt=now))
    for export in free.select_related("user").order_by("created_at")[:5]:
        if free.filter(pk=export.pk).update(leased_until=now + LEASE):
            return export
    return None


def _advance(export: Export) -> None:
    if not may_export(export.user):
        _end(export, ExportState.FAILED, problem=_("Bạn không còn quyền xuất tư liệu."))
        return
    if export.done and not export_files.has_gathered(export):  # another machine began, or its disk was swept
        export.done = export.entries = export.gathered_bytes = 0
        export.types = []
    if _gather(export):
        _write(export)


def _gather(export: Export) -> bool:
    """Gathers for a turn. Returns whether all records are gathered."""
    began = time.monotonic()
    while export.done < export.total:
        keys = export.records[export.done : export.done + RECORDS_AT_ONCE]
        entries = list(tell_all(Batch(export.user.viewer, keys), FORMATS[export.format].tell))
        export.gathered_bytes = export_files.append(export, entries)
        export.done += len(keys)
        export.entries += len(entries)
        export.types = list(dict.fromkeys([*export.types, *(each["type"] for each in entries)]))
        _keep(export, gathered_bytes=export.gathered_bytes, done=export.done, entries=export.entries, types=export.types)
        if time.monotonic() - began > TURN:
            return export.done >= export.total
    return True


def _write(export: Export) -> None:
    """Writes the file from what was gathered, and stores it."""
    if not export.types:
        _end(export, ExportState.FAILED, problem=_("Không còn tư liệu nào trong số này mà bạn được xem."))
        return
    _keep(export, state=ExportState.WRITING)
    own, step = FORMATS[export.format], _Step(export)
    read = open_bytes()

    def watched(key: str) -> Iterator[bytes]:
        for chunk in read(key):
            step()
            yield chunk

    with scratch.working_folder(export_files.AREA) as folder, scratch.disk_errors_as_waiting():
        path = folder / "export"
        try:
            own.write(path, Lines(lambda: export_files.gathered(export), tuple(export.types), step), watched)
        except FileNotFoundError as error:
            raise DamagedOriginalError(str(error)) from error
        sha256, size = sha256_of(path), path.stat().st_size
        _keep(export)
        key = export_files.store(export, path, sha256)
    name = name_of(export.format, len(export.types), export.entries)
    _end(export, ExportState.DONE, key=key, sha256=sha256, size=size, file_name=name)
    export_files.gathered_path(export).unlink(missing_ok=True)


class _Step:
    """Called again and again while the file is written: extends the lease, and ends the work when a person has stopped it."""

    def __init__(self, export: Export) -> None:
        self.export, self.looked_at = export, time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self.looked_at > LOOKS_EVERY:
            self.looked_at = time.monotonic()
            _keep(self.export)


def _keep(export: Export, **columns: object) -> None:
    """Writes how far the work is and extends the lease. Raises _Stopped when a person has stopped or deleted it."""
    columns["leased_until"] = timezone.now() + LEASE
    if not Export.objects.filter(pk=export.pk, state__in=AT_WORK).update(**columns):
        raise _Stopped


def _end(export: Export, state: str, **columns: object) -> None:
    Export.objects.filter(pk=export.pk, state__in=AT_WORK).update(
        state=state, leased_until=None, finished_at=timezone.now(), **({"problem": ""} | columns)
    )
