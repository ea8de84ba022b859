"""Captions and transcripts from files: WebVTT, SRT, ELAN, Praat TextGrid and plain text, as cues of plain text.

Nothing is corrected silently: bad times, overlaps and wrong encodings are reported by line, and the file is refused. Markup and
styles are dropped; only plain text is kept.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from defusedxml import ElementTree
from django.utils.translation import gettext as _

MAX_BYTES, MAX_CUES, MAX_TEXT = 20_000_000, 100_000, 10_000
MAX_REPORTED = 20


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed text; times in milliseconds. ``line`` is its line number in the file."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    line: int = 0
    tier: str = ""


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """What is wrong in one line (0: in the whole file)."""

    line: int
    what: str

    def __str__(self) -> str:
        return _("Dòng %(line)d: %(what)s") % {"line": self.line, "what": self.what} if self.line else self.what


class TrackError(Exception):
    """A file that is not accepted as it is; ``errors`` say why, line by line."""

    code = "bad_track"

    def __init__(self, errors: list[InvalidLine]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def message(self) -> str:
        """The first errors as one text."""
        lines = [str(each) for each in self.errors[:MAX_REPORTED]]
        if (more := len(self.errors) - MAX_REPORTED) > 0:
            lines.append(_("… và %(count)d lỗi nữa.") % {"count": more})
        return " ".join(lines)


def read(name: str, data: bytes, *, duration_ms: int | None = None) -> list[Cue]:
    """The cues of a file, checked, in order of time. The format follows from the content; raises TrackError."""
    if len(data) > MAX_BYTES:
        raise TrackError([InvalidLine(0, _("Tệp quá lớn."))])
    text = _decoded(data)
    reader = next((reader for test, reader in READERS if test(text)), None)
    if reader is None:
        raise TrackError([InvalidLine(0, _("Không nhận ra loại tệp: cần WebVTT, SRT, ELAN (.eaf) hoặc TextGrid."))])
    cues, errors = reader(text)
    errors += check(cues, duration_ms)
    if not cues and not errors:
        errors = [InvalidLine(0, _("Tệp không có câu nào."))]
    if errors:
        raise TrackError(sorted(errors, key=lambda each: each.line))
    return sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 that says so. Old Vietnamese encodings cannot be recognised with certainty, so UTF-8 is required."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = _("không phải UTF-8 (có thể là Windows-1258 hoặc TCVN3). Hãy lưu tệp lại với bảng mã UTF-8.")
        raise TrackError([InvalidLine(line, what)]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
_ARROW = re.compile(r"\s*(\S+)\s+-->\s+(\S+)")
_TAG = re.compile(r"<[^<>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]+)>")

Read = tuple[list[Cue], list[InvalidLine]]


def _milliseconds(clock: str) -> int | None:
    match = _TIME.fullmatch(clock)
    if not match or int(match[2]) > 59 or int(match[3]) > 59:
        return None
    return ((int(match[1] or 0) * 60 + int(match[2])) * 60 + int(match[3])) * 1000 + int(match[4].ljust(3, "0"))


def clean_text(text: str) -> str:
    """Plain text in NFC: tags and entities resolved, control characters gone, lines kept."""
    plain = html.unescape(_TAG.sub("", text))
    printable = "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "\n".join(line.strip() for line in printable.split("\n") if line.strip()))


def _read_cues(text: str) -> Read:
    """WebVTT and SRT: blocks between blank lines with a line of times; STYLE, REGION and NOTE blocks are dropped."""
    cues: list[Cue] = []
    errors: list[InvalidLine] = []
    for first, block in _blocks(text):
        if block[0].startswith(("STYLE", "REGION", "NOTE", "WEBVTT", "X-TIMESTAMP-MAP")):
            continue
        place = next((place for place, line in enumerate(block[:3]) if "-->" in line), None)
        if place is None:
            errors.append(InvalidLine(first, _("không có dòng thời gian.")))
            continue
        times = _ARROW.match(block[place])
        start, end = (_milliseconds(times[1]), _milliseconds(times[2])) if times else (None, None)
        if start is None or end is None:
            errors.append(InvalidLine(first + place, _("thời gian sai: %(text)s") % {"text": block[place][:60]}))
            continue
        body = "\n".join(block[place + 1 :])
        speaker = clean_text(voice[1]) if (voice := _VOICE.search(body)) else ""
        cues.append(Cue(start, end, clean_text(body), speaker[:200], first + place))
    return cues, errors


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            open_block = True
    return blocks


def _read_elan(text: str) -> Read:
    """ELAN .eaf: time slots and the annotations of every tier; annotations that refer to others take their times."""
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except (ElementTree.ParseError, ValueError) as error:
        return [], [InvalidLine(getattr(error, "position", (0, 0))[0], _("XML sai."))]
    slots = {each.get("TIME_SLOT_ID"): each.get("TIME_VALUE") for each in root.iter("TIME_SLOT")}
    times: dict[str, tuple[int, int]] = {}
    cues: list[Cue] = []
    errors: list[InvalidLine] = []
    for tier in root.iter("TIER"):
        name, speaker = tier.get("TIER_ID", ""), tier.get("PARTICIPANT", "")
        for annotation in tier.iter():
            if annotation.tag not in {"ALIGNABLE_ANNOTATION", "REF_ANNOTATION"}:
                continue
            key = annotation.get("ANNOTATION_ID", "")
            span = _elan_times(annotation, slots, times)
            if span is None:
                errors.append(InvalidLine(0, _("Tầng %(tier)s, mục %(key)s: không có thời gian.") % {"tier": name, "key": key}))
                continue
            times[key] = span
            words = clean_text(annotation.findtext("ANNOTATION_VALUE") or "")
            if words:
                cues.append(Cue(*span, words, clean_text(speaker)[:200], 0, name))
    return cues, errors


def _elan_times(annotation: object, slots: dict[str | None, str | None], times: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    get = annotation.get  # type: ignore[attr-defined]
    if (reference := get("ANNOTATION_REF")) is not None:
        return times.get(reference)
    start, end = slots.get(get("TIME_SLOT_REF1")), slots.get(get("TIME_SLOT_REF2"))
    return (int(start), int(end)) if start and end and start.isdigit() and end.isdigit() else None


_INTERVAL = re.compile(r'xmin\s*=\s*([\d.]+)\s*\n\s*xmax\s*=\s*([\d.]+)\s*\n\s*text\s*=\s*"((?:[^"]|"")*)"|name\s*=\s*"((?:[^"]|"")*)"')


def _read_textgrid(text: str) -> Read:
    """Praat TextGrid in its long form: the intervals of every tier that hold text."""
    cues: list[Cue] = []
    tier = ""
    for match in _INTERVAL.finditer(text):
        if match[4] is not None:
            tier = match[4].replace('""', '"')
            continue
        words = clean_text(match[3].replace('""', '"'))
        if words:
            line = text.count("\n", 0, match.start()) + 1
            cues.append(Cue(round(float(match[1]) * 1000), round(float(match[2]) * 1000), words, "", line, tier))
    return cues, []


#: What a text is → how it is read.
READERS: list[tuple[Callable[[str], bool], Callable[[str], Read]]] = [
    (lambda text: text.lstrip().startswith("WEBVTT"), _read_cues),
    (lambda text: "<ANNOTATION_DOCUMENT" in text[:4000], _read_elan),
    (lambda text: 'Object class = "TextGrid"' in text[:400], _read_textgrid),
    (lambda text: "-->" in text, _read_cues),
]


def check(cues: list[Cue], duration_ms: int | None) -> list[InvalidLine]:
    """Times that run backwards, overlap within a tier, or lie after the end; texts that are empty or far too long."""
    errors = [InvalidLine(0, _("Quá nhiều câu."))] if len(cues) > MAX_CUES else []
    last: dict[tuple[str, str], Cue] = {}
    for cue in cues:
        before = last.get((cue.tier, cue.speaker))
        if cue.end_ms <= cue.start_ms:
            errors.append(InvalidLine(cue.line, _("giờ kết thúc không sau giờ bắt đầu.")))
        elif before and cue.start_ms < before.start_ms:
            errors.append(InvalidLine(cue.line, _("câu này bắt đầu trước câu đứng trên nó.")))
        elif before and cue.start_ms < before.end_ms:
            errors.append(InvalidLine(cue.line, _("câu này chồng lên câu đứng trên nó.")))
        if duration_ms and cue.start_ms > duration_ms:
            errors.append(InvalidLine(cue.line, _("câu này nằm sau khi bản ghi đã hết.")))
        if not cue.text or len(cue.text) > MAX_TEXT:
            errors.append(InvalidLine(cue.line, _("câu trống hoặc quá dài.")))
        last[(cue.tier, cue.speaker)] = cue
    return errors


def split_text(text: str, duration_ms: int) -> list[Cue]:
    """Plain text spread over a recording: a cue for each line, as long as its share of the letters. For a person to correct."""
    lines = [line for line in (clean_text(each) for each in text.split("\n")) if line]
    letters = sum(len(line) for line in lines) or 1
    cues, start = [], 0.0
    for number, line in enumerate(lines, start=1):
        end = start + duration_ms * len(line) / letters
        cues.append(Cue(round(start), max(round(start) + 1, round(end)), line, "", number))
        start = end
    return cues
