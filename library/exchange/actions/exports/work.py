"""The worker's part of exports: gathers records for some seconds at a time, then writes the file. Safe to be cut off at any point."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from background.leases import claimed, keep, put_off, take_turn
from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.errors import Waiting
from media_pipeline.processes import scratch
from media_pipeline.storage.base import StorageError
from media_pipeline.storage.hashing import sha256_of

from ...access import may_export
from ...formats.bag import DamagedOriginalError, TooLargeBagError
from ...formats.format import Lines
from ...formats.registry import FORMATS
from ...gathering.batch import Batch
from ...gathering.tell import tell_all
from ...models import Export, ExportState
from ...models.exports import KEPT
from . import files as export_files
from .verbs import name_of, open_bytes

logger = logging.getLogger(__name__)
WAIT = timedelta(seconds=30)  # while disk or storage are not there
RECORDS_AT_ONCE = 100
LOOKS_EVERY = 2.0  # seconds between two looks whether somebody has stopped it


def advance_exports() -> bool:
    """Moves the oldest export on that waits for a worker. Returns whether there was one."""
    with claimed(Export.objects.filter(state__in=Export.AT_WORK).select_related("user")) as export:
        if export is None:
            return False
        with translation.override(export.language), term_labels_read_once():
            try:
                _advance(export)
            except (DamagedOriginalError, FileNotFoundError) as error:
                logger.warning("Export %s has failed: %r", export.pk, error)
                _end(export, ExportState.FAILED, problem=_("Một tệp gốc trong kho bị mất hoặc hỏng. Xin báo cho quản trị."))
            except TooLargeBagError:
                _end(export, ExportState.FAILED, problem=_("Gói sẽ lớn quá, nhập lại không được. Hãy lọc bớt tư liệu rồi xuất vài gói."))
            except (Waiting, StorageError) as error:
                logger.warning("Export %s waits: %r", export.pk, error)
                put_off(export, WAIT, problem=_("Kho tệp đang không trả lời. Máy sẽ tự làm tiếp."))
                return False
    return True


def forget_old_exports() -> None:
    """Removes the files of exports that ended, or with which nobody went on, a week ago."""
    over = timezone.now() - KEPT
    last_used = Q(finished_at__lt=over) | Q(finished_at=None, step_began_at__lt=over) | Q(finished_at=None, step_began_at=None)
    old = Export.objects.exclude(state__in=(*Export.AT_WORK, ExportState.FORGOTTEN)).filter(last_used, created_at__lt=over)
    for export in old:
        if old.filter(pk=export.pk).update(state=ExportState.FORGOTTEN, key="", done=0, gathered_bytes=0, records=[]):
            export_files.forget(export)


def _advance(export: Export) -> None:
    if not may_export(export.user):
        _end(export, ExportState.FAILED, problem=_("Bạn không còn quyền xuất tư liệu."))
        return
    if export.done and not export_files.has_gathered(export):  # another machine began, or its disk was swept
        export.done = export.entries = export.gathered_bytes = 0
        export.types = []
    if not take_turn(export, lambda: _gather_some(export)):
        _write(export)


def _gather_some(export: Export) -> bool:
    """Gathers the next records. Returns whether some are left. Raises LeaseLostError."""
    keys = export.records[export.done : export.done + RECORDS_AT_ONCE]
    entries = list(tell_all(Batch(export.user.viewer, keys), FORMATS[export.format].tell))
    types = list(dict.fromkeys([*export.types, *(each["type"] for each in entries)]))
    with transaction.atomic():
        keep(export)  # while it is locked nobody else writes behind the bytes that are sure
        length = export_files.append(export, entries)
        keep(export, gathered_bytes=length, done=export.done + len(keys), entries=export.entries + len(entries), types=types)
    return export.done < export.total


def _write(export: Export) -> None:
    """Writes the file from what was gathered, and stores it."""
    if not export.types:
        _end(export, ExportState.FAILED, problem=_("Không còn tư liệu nào trong số này mà bạn được xem."))
        return
    keep(export, state=ExportState.WRITING)
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
        keep(export)
        key = export_files.store(export, path, sha256)
    name = name_of(export.format, len(export.types), export.entries)
    _end(export, ExportState.DONE, key=key, sha256=sha256, size=size, file_name=name)
    export_files.gathered_path(export).unlink(missing_ok=True)


class _Step:
    """Called again and again while the file is written. Raises LeaseLostError when a person has stopped or deleted the export."""

    def __init__(self, export: Export) -> None:
        self.export, self.looked_at = export, time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self.looked_at > LOOKS_EVERY:
            self.looked_at = time.monotonic()
            keep(self.export)


def _end(export: Export, state: str, **columns: object) -> None:
    keep(export, state=state, finished_at=timezone.now(), **({"problem": ""} | columns))
