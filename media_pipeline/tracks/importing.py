"""Captions and transcripts from files: WebVTT, SubRip, ELAN, Praat TextGrid and plain text, as cues of plain text.

Nothing is lost or corrected in silence: every cue comes in, or the file is refused with the line and what to do. What a person should
know of a file that comes in is a note.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .captions import read_srt, read_vtt
from .cues import Cue, InvalidLine, Reading, TrackError, check, name_of, overlapping, words_of
from .elan import read_elan
from .praat import is_textgrid, read_textgrid

MAX_BYTES = 20_000_000


def read(data: bytes, *, duration_ms: int | None = None) -> list[Cue]:
    """The cues of a file, checked, in order of time. The format follows from the content; raises TrackError."""
    return read_file(data, duration_ms=duration_ms).cues


def read_file(data: bytes, *, duration_ms: int | None = None, tier: str = "") -> Reading:
    """The cues of a file and what a person should know of it. ELAN and TextGrid hold several tiers: only the one asked for is read.

    Raises TrackError.
    """
    reading = _read(_decoded(data), name_of(tier))
    reading.errors += check(reading.cues, duration_ms)
    if not reading.cues and not reading.errors:
        reading.complain(0, _nothing_in(reading, tier))
    if reading.errors:
        raise TrackError(sorted(reading.errors, key=lambda each: each.line))
    reading.notes += _notes(reading, tier)
    reading.cues.sort(key=lambda cue: cue.start_ms)  # stable: what begins together stays as in the file
    return reading


def _read(text: str, tier: str) -> Reading:
    """By the reader of the format. Raises TrackError for a format that is not read."""
    if text.lstrip().startswith("WEBVTT"):
        return read_vtt(text)
    if "<ANNOTATION_DOCUMENT" in text[:4000]:
        return read_elan(text, tier)
    if is_textgrid(text):
        return read_textgrid(text, tier)
    if "-->" in text:
        return read_srt(text)
    what = _("Không nhận ra loại tệp: cần WebVTT, SRT, ELAN (.eaf) hoặc TextGrid.")
    if text.startswith("ooBinaryFile") or "chronological TextGrid" in text[:200]:
        what = _("Đây là TextGrid dạng nhị phân hoặc dạng theo thời gian. Hãy mở tệp trong Praat và lưu lại bằng Save as text file.")
    raise TrackError([InvalidLine(0, what)])


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 that says so. Old Vietnamese encodings cannot be recognised with certainty, so UTF-8 is required."""
    if len(data) > MAX_BYTES:
        raise TrackError([InvalidLine(0, _("Tệp quá lớn."))])
    if data.startswith(b"ooBinaryFile"):
        return "ooBinaryFile"
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = _("không phải UTF-8 (có thể là Windows-1258 hoặc TCVN3). Hãy lưu tệp lại với bảng mã UTF-8.")
        raise TrackError([InvalidLine(line, what)]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _nothing_in(reading: Reading, tier: str) -> str:
    """Why there is no cue: the tier is not in the file, or it is empty."""
    if tier and reading.tiers and name_of(tier) not in reading.tiers:
        names = ", ".join(f"“{name}”" for name in reading.tiers)
        return _("Tệp không có tầng “%(tier)s”. Các tầng trong tệp: %(names)s.") % {"tier": tier, "names": names}
    return _("Tầng này không có câu nào.") if tier else _("Tệp không có câu nào.")


def _notes(reading: Reading, tier: str) -> list[str]:
    notes = []
    if over := overlapping(reading.cues):
        note = ngettext(
            "Có %(count)d câu bắt đầu khi câu trước chưa hết (dòng %(line)d). Nếu không phải hát đối hay nói xen, hãy sửa giờ.",
            "Có %(count)d câu bắt đầu khi câu trước chưa hết (từ dòng %(line)d). Nếu không phải hát đối hay nói xen, hãy sửa giờ.",
            len(over),
        )
        notes.append(note % {"count": len(over), "line": over[0].line})
    tiers = [name for name in reading.tiers if any(cue.tier == name for cue in reading.cues)]
    if not tier and len(tiers) > 1:
        names = ", ".join(f"“{name}”" for name in tiers)
        notes.append(_("Đã lấy mọi tầng: %(names)s. Nếu chỉ cần một tầng, hãy nhập lại và ghi tên tầng.") % {"names": names})
    return notes


def split_text(text: str, duration_ms: int) -> list[Cue]:
    """Plain text spread over a recording: a cue for each line, as long as its share of the letters. For a person to correct."""
    lines = words_of(text).split("\n") if words_of(text) else []
    letters = sum(len(line) for line in lines) or 1
    cues, start = [], 0.0
    for number, line in enumerate(lines, start=1):
        end = start + duration_ms * len(line) / letters
        cues.append(Cue(round(start), max(round(start) + 1, round(end)), line, "", number))
        start = end
    return cues
