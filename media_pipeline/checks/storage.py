"""Checks of where the bytes are: the storage itself, its second copies, the stored originals, the room that is left."""

import shutil
import tempfile
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ..preservation import fixity
from ..processes import scratch
from ..storage import copies, main_storage
from ..storage.base import KeyConflict, Storage, StorageError
from ..storage.hashing import sha256_of
from .result import FAILED, OFF, OK, CheckResult

LOW_SPACE = 5_000_000_000  # bytes


def keeps_bytes() -> CheckResult:
    """Put an object, put it again with other bytes (must be refused), read it back, delete it."""
    effect = _("Không nhận được tệp mới, không mở được tệp cũ.")
    try:
        storage = main_storage()
        storage.require()
        return _round_trip(storage)
    except (StorageError, ValueError, OSError) as error:
        return CheckResult("storage", FAILED, str(error), effect)


def _round_trip(storage: Storage) -> CheckResult:
    key = f"u/doctor-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "1", Path(folder) / "2"
        first.write_bytes(b"first")
        second.write_bytes(b"other")
        try:
            storage.put(key, first, sha256_of(first), "application/octet-stream")
            try:
                storage.put(key, second, sha256_of(second), "application/octet-stream")
            except KeyConflict:
                unchanged = b"".join(storage.stream(key)) == b"first"
            else:
                unchanged = False
        finally:
            storage.delete(key)
    if not unchanged:
        return CheckResult("storage", FAILED, settings.MEDIA_STORAGE, _("Kho ghi đè lên tệp đã có: đừng dùng."))
    return CheckResult("storage", OK, settings.MEDIA_STORAGE)


def second_copy() -> CheckResult:
    """Whether every storage of second copies is there."""
    if not settings.MEDIA_COPIES:
        return CheckResult("second copy", OFF, "", _("Bản gốc chỉ có một bản: hỏng thì không sửa được."))
    try:
        for storage in copies():
            storage.require()
    except StorageError as error:
        return CheckResult("second copy", FAILED, str(error), _("Bản sao thứ hai không cập nhật."))
    return CheckResult("second copy", OK, ", ".join(settings.MEDIA_COPIES))


def originals() -> CheckResult:
    """Whether originals are known to be lost or damaged."""
    if problems := fixity.open_problems():
        return CheckResult("fixity", FAILED, str(problems), _("Có bản gốc bị mất hoặc hỏng mà chưa sửa được."))
    return CheckResult("fixity", OK)


def space() -> CheckResult:
    """The room left for scratch files and for the storage, whichever is less."""
    frees = [shutil.disk_usage(scratch.area(scratch.JOBS)).free, main_storage().free_bytes()]
    free = min(each for each in frees if each is not None)
    status = OK if free > LOW_SPACE else FAILED
    return CheckResult("disk", status, f"{free / 1e9:.1f} GB", "" if status == OK else _("Sắp hết chỗ: việc xử lý sẽ dừng chờ."))
