"""What the pipeline needs, and what does not work without it: for ``manage.py check --tag media`` and for ``manage.py doctor``."""

import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks as django_checks
from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .delivery.methods import DELIVERY_METHODS
from .errors import MESSAGES, MediaError, Waiting
from .jobs import notify
from .models import MediaJob, Upload
from .preservation import fixity
from .processes import ffmpeg, scratch, tesseract
from .processes.confinement import file_protection, network_protection
from .processes.sandbox import ProcessLimits, run
from .recipes import OCR_LANGUAGES
from .storage import copies, main_storage
from .storage.base import KeyConflict, Storage, StorageError
from .storage.hashing import sha256_of

OK, MISSING, FAILED, OFF = "ok", "missing", "failed", "off"
LOW_SPACE = 5_000_000_000
LATE_AFTER, UPLOAD_LATE_AFTER = timedelta(minutes=10), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check: what was looked at, its status, and what that costs the site."""

    name: str
    status: str
    detail: str = ""
    effect: str = ""


def doctor() -> list[dict[str, str]]:
    """Every check as ``{"name", "status": "ok|missing|failed|off", "detail", "effect"}``; nothing raises."""
    return [asdict(check()) for check in CHECKS]


def readiness() -> list[dict[str, str]]:
    """What has to work at every moment: the storage, the queue, free disk space."""
    return [asdict(check()) for check in (_storage, _queue, _space)]


def _ffmpeg() -> CheckResult:
    try:
        program = ffmpeg.binaries()[0]
    except Waiting:
        return CheckResult("ffmpeg", MISSING, "", _("Phim và âm thanh chờ đến khi có ffmpeg; ảnh và tài liệu vẫn xử lý được."))
    if absent := ffmpeg.lacking(program):
        return CheckResult("ffmpeg", FAILED, f"{program}: {', '.join(absent)}", _("Một số bản phim hoặc âm thanh không làm được."))
    return CheckResult("ffmpeg", OK, f"{ffmpeg.version()} ({program})")


def _whitelist() -> CheckResult:
    """A playlist disguised as a film that names another file must not open. This is tried, not assumed."""
    name = "ffmpeg whitelist"
    try:
        ffmpeg.binaries()
    except Waiting:
        return CheckResult(name, OFF)
    with tempfile.TemporaryDirectory() as folder:
        disguised = Path(folder) / "disguised.mkv"
        disguised.write_text("ffconcat version 1.0\nfile neighbour.wav\n")
        (Path(folder) / "neighbour.wav").write_bytes(_WAV)
        try:
            ffmpeg.probe(Path(folder) / "neighbour.wav", "wav", folder=Path(folder))
        except MediaError as error:
            return CheckResult(name, FAILED, error.detail, _("Không đọc được cả tệp âm thanh thử."))
        try:
            ffmpeg.probe(disguised, "matroska", folder=Path(folder))
        except MediaError:
            return CheckResult(name, OK)
    return CheckResult(name, FAILED, "", _("NGUY HIỂM: ffmpeg này mở được danh sách phát giả dạng. Đừng dùng."))


#: A tenth of a second of silence: 8 kHz, 16 bits, mono.
_WAV = bytes.fromhex("52494646640600005741564566 6d74201000000001000100401f0000803e0000020010006461746140060000".replace(" ", "")) + bytes(
    1600
)


def _tesseract() -> CheckResult:
    """Whether tesseract is installed, and which of our OCR languages it has."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            languages = tesseract.languages(Path(folder))
    except Waiting:
        return CheckResult("tesseract", MISSING, "", _("Không đọc được chữ trong ảnh quét."))
    return CheckResult("tesseract", OK, ", ".join(sorted(languages & set(OCR_LANGUAGES))) or "–")


def _av1() -> CheckResult:
    """Whether AV1 films can be made, where the setting asks for them."""
    if not settings.MEDIA_AV1:
        return CheckResult("AV1", OFF)
    return CheckResult("AV1", OK) if ffmpeg.can_av1() else CheckResult("AV1", MISSING, "", str(MESSAGES["no_av1"].what))


def _pyvips() -> CheckResult:
    try:
        import pyvips
    except (ImportError, OSError):
        return CheckResult("pyvips", MISSING, "", _("Ảnh trên 200 triệu điểm được giữ nhưng không có bản xem trước."))
    return CheckResult("pyvips", OK, f"libvips {pyvips.version(0)}.{pyvips.version(1)}")


def _storage() -> CheckResult:
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


def _second_copy() -> CheckResult:
    if not settings.MEDIA_COPIES:
        return CheckResult("second copy", OFF, "", _("Bản gốc chỉ có một bản: hỏng thì không sửa được."))
    try:
        for storage in copies():
            storage.require()
    except StorageError as error:
        return CheckResult("second copy", FAILED, str(error), _("Bản sao thứ hai không cập nhật."))
    return CheckResult("second copy", OK, ", ".join(settings.MEDIA_COPIES))


def _fixity() -> CheckResult:
    try:
        problems = fixity.open_problems()
    except DatabaseError as error:
        return CheckResult("fixity", FAILED, str(error))
    if problems:
        return CheckResult("fixity", FAILED, str(problems), _("Có bản gốc bị mất hoặc hỏng mà chưa sửa được."))
    return CheckResult("fixity", OK)


def _queue() -> CheckResult:
    """Whether jobs are taken: it fails when the oldest queued job is old and no job holds a lease."""
    now = timezone.now()
    waiting = MediaJob.objects.filter(state=MediaJob.State.QUEUED)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    if oldest is not None and now - oldest > LATE_AFTER and not MediaJob.objects.filter(lease_until__gt=now).exists():
        detail = _("%(count)s việc đang chờ") % {"count": waiting.count()}
        return CheckResult("media queue", FAILED, detail, _("Tệp mới không được xử lý: tiến trình nền (manage.py worker) không chạy."))
    if settings.MEDIA_QUEUE_URL and (error := notify.server_error()):
        return CheckResult("media queue", FAILED, error, _("Việc bắt đầu chậm hơn: máy xử lý phải tự nhìn hàng đợi."))
    return CheckResult("media queue", OK, "redis" if settings.MEDIA_QUEUE_URL else "")


def _uploads() -> CheckResult:
    """Whether files that came whole are taken in soon."""
    whole = Upload.objects.filter(state__in=[Upload.State.ASSEMBLING, Upload.State.WAITING])
    if late := whole.filter(created_at__lt=timezone.now() - UPLOAD_LATE_AFTER, attempts__gt=2).count():
        detail = _("%(count)d tệp đã nhận đủ đang chờ cất") % {"count": late}
        return CheckResult("uploads", FAILED, detail, _("Người gửi chưa thấy tệp của mình. Tệp vẫn còn và được thử lại; xem nhật ký."))
    return CheckResult("uploads", OK)


def _space() -> CheckResult:
    frees = [shutil.disk_usage(scratch.area(scratch.JOBS)).free, main_storage().free_bytes()]
    free = min(each for each in frees if each is not None)
    status = OK if free > LOW_SPACE else FAILED
    return CheckResult("disk", status, f"{free / 1e9:.1f} GB", "" if status == OK else _("Sắp hết chỗ: việc xử lý sẽ dừng chờ."))


def _limits() -> CheckResult:
    if sys.platform == "win32":
        return CheckResult("limits", MISSING, "Windows", _("Không giới hạn được bộ nhớ và CPU của từng việc, chỉ giới hạn thời gian."))
    return CheckResult("limits", OK)


def _confinement() -> CheckResult:
    """A child must not read a file outside its folder, nor open a socket. This is tried, not assumed."""
    name, files, network = "sandbox", file_protection(), network_protection()
    if not (files and network):
        effect = _("Tệp lạ được mở mà không cách ly: tệp độc có thể đọc tệp khác và ra mạng. Trên Linux, hãy cài bubblewrap.")
        return CheckResult(name, MISSING, files or network, effect)
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile() as elsewhere:
        tried = run([sys.executable, "-I", "-S", "-c", _TRIAL, elsewhere.name], folder=Path(folder), limits=ProcessLimits(wall=30))
    if tried.returncode or tried.stdout.strip() != "refused refused":
        return CheckResult(name, FAILED, tried.stdout or tried.stderr, _("NGUY HIỂM: tiến trình con không bị cách ly như phải có."))
    return CheckResult(name, OK, f"{files}, {network}")


#: What a child tries: to read the file that is named, and to reach the network.
_TRIAL = """
import socket, sys
for attempt in (lambda: open(sys.argv[1]), lambda: socket.create_connection(("127.0.0.1", 9), 1)):
    try:
        attempt()
        print("done", end=" ")
    except ConnectionRefusedError:
        print("done", end=" ")
    except OSError:
        print("refused", end=" ")
"""


CHECKS: list[Callable[[], CheckResult]] = [
    _ffmpeg,
    _whitelist,
    _confinement,
    _tesseract,
    _av1,
    _pyvips,
    _storage,
    _queue,
    _uploads,
    _second_copy,
    _fixity,
    _space,
    _limits,
]


@django_checks.register("media", deploy=False)
def check_settings(app_configs: Any, **kwargs: Any) -> list[django_checks.CheckMessage]:
    """Settings that would only show later: the delivery method and the access policy."""
    messages: list[django_checks.CheckMessage] = []
    if settings.MEDIA_DELIVERY not in DELIVERY_METHODS:
        text = f"MEDIA_DELIVERY={settings.MEDIA_DELIVERY!r} is none of {', '.join(DELIVERY_METHODS)}."
        messages.append(django_checks.Error(text, id="media.E001"))
    if settings.MEDIA_DELIVERY == "redirect" and not str(settings.MEDIA_STORAGE).startswith("s3://"):
        messages.append(django_checks.Warning("MEDIA_DELIVERY=redirect needs S3; the application sends the bytes itself.", id="media.W001"))
    try:
        import_string(settings.MEDIA_ACCESS_POLICY)
    except ImportError as error:
        messages.append(django_checks.Error(f"MEDIA_ACCESS_POLICY cannot be imported: {error}", id="media.E002"))
    return messages
