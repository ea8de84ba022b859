"""Checks of the programs and libraries that open files: which are there, what they can do, and that children are confined."""

import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ..errors import MESSAGES, MediaError, Waiting
from ..processes import ffmpeg, tesseract
from ..processes.confinement import file_protection, network_protection
from ..processes.sandbox import ProcessLimits, run
from ..recipes import JOINED, OCR_LANGUAGES
from ..stages import speech
from .result import FAILED, MISSING, OFF, OK, CheckResult


def has_ffmpeg() -> CheckResult:
    """Whether ffmpeg is installed and has every encoder and filter that the recipes need."""
    try:
        program = ffmpeg.binaries()[0]
    except Waiting:
        return CheckResult("ffmpeg", MISSING, "", _("Phim và âm thanh chờ đến khi có ffmpeg; ảnh và tài liệu vẫn xử lý được."))
    if absent := ffmpeg.lacking(program):
        return CheckResult("ffmpeg", FAILED, f"{program}: {', '.join(absent)}", _("Một số bản phim hoặc âm thanh không làm được."))
    return CheckResult("ffmpeg", OK, f"{ffmpeg.version()} ({program})")


def whitelist() -> CheckResult:
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


def has_tesseract() -> CheckResult:
    """Whether tesseract is installed, and which of our OCR languages it has."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            languages = tesseract.languages(Path(folder))
    except Waiting:
        return CheckResult("tesseract", MISSING, "", _("Không đọc được chữ trong ảnh quét."))
    return CheckResult("tesseract", OK, ", ".join(sorted(languages & set(OCR_LANGUAGES))) or "–")


def joins_sound() -> CheckResult:
    """Whether sounds can be joined into one MP3, for bulletins."""
    try:
        joins = ffmpeg.has_encoder(JOINED["c:a"])
    except Waiting:
        return CheckResult("MP3", OFF)
    return CheckResult("MP3", OK) if joins else CheckResult("MP3", MISSING, "", str(MESSAGES["no_mp3"].what))


def has_machine_voice() -> CheckResult:
    """Whether a machine can read the words of bulletins aloud."""
    if program := speech.binary():
        return CheckResult("espeak-ng", OK, program)
    return CheckResult("espeak-ng", MISSING, "", _("Bản tin nghe chỉ dùng giọng người."))


def makes_av1() -> CheckResult:
    """Whether AV1 films can be made, where the setting asks for them."""
    if not settings.MEDIA_AV1:
        return CheckResult("AV1", OFF)
    return CheckResult("AV1", OK) if ffmpeg.can_av1() else CheckResult("AV1", MISSING, "", str(MESSAGES["no_av1"].what))


def has_pyvips() -> CheckResult:
    """Whether the largest pictures can be opened."""
    try:
        import pyvips
    except (ImportError, OSError):
        return CheckResult("pyvips", MISSING, "", _("Ảnh trên 200 triệu điểm được giữ nhưng không có bản xem trước."))
    return CheckResult("pyvips", OK, f"libvips {pyvips.version(0)}.{pyvips.version(1)}")


def limits() -> CheckResult:
    """Whether the system limits memory and processor time of a child."""
    if sys.platform == "win32":
        return CheckResult("limits", MISSING, "Windows", _("Không giới hạn được bộ nhớ và CPU của từng việc, chỉ giới hạn thời gian."))
    return CheckResult("limits", OK)


def confinement() -> CheckResult:
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
