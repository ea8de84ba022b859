"""Cues as values, what may be wrong with them, and the checks that every import and every correction passes."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..text.cleaning import clean

MAX_CUES, MAX_TEXT = 100_000, 10_000
MAX_SPEAKER = 200
MAX_MS = 100 * 3600 * 1000  # 100 hours: eight times the longest recording that is taken
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


@dataclass(slots=True)
class Reading:
    """What a file gave: cues, complaints that refuse it, and notes that a person should read but that refuse nothing."""

    cues: list[Cue] = field(default_factory=list)
    errors: list[InvalidLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tiers: list[str] = field(default_factory=list)

    def complain(self, line: int, what: str) -> None:
        """Refuse the file because of this line."""
        self.errors.append(InvalidLine(line, what))


class TrackError(Exception):
    """A file that is not accepted as it is; ``errors`` say why, line by line."""

    code = "bad_track"

    def __init__(self, errors: list[InvalidLine]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def lines(self) -> list[str]:
        """The first errors, one text each."""
        lines = [str(each) for each in self.errors[:MAX_REPORTED]]
        if (more := len(self.errors) - MAX_REPORTED) > 0:
            lines.append(_("… và %(count)d lỗi nữa.") % {"count": more})
        return lines

    @property
    def message(self) -> str:
        """The first errors as one text."""
        return " ".join(self.lines)


def words_of(text: str) -> str:
    """Plain text: clean, without blank lines and without spaces at the ends of lines."""
    return "\n".join(line.strip() for line in clean(text).split("\n") if line.strip())


def name_of(text: str) -> str:
    """The name of a speaker or a tier: one clean line, cut to what the database holds."""
    return " ".join(words_of(text).split())[:MAX_SPEAKER]


def check(cues: list[Cue], duration_ms: int | None) -> list[InvalidLine]:
    """Times that run backwards, or lie after the end; texts that are empty or far too long. Cues may overlap: duets do."""
    errors = [InvalidLine(0, _("Tệp có quá nhiều câu (trên %(count)d).") % {"count": MAX_CUES})] if len(cues) > MAX_CUES else []
    last: dict[tuple[str, str], int] = {}
    for cue in cues:
        key = (cue.tier, cue.speaker)
        errors += [InvalidLine(cue.line, what) for what in _problems(cue, last.get(key, 0), duration_ms)]
        last[key] = cue.start_ms
    return errors


def _problems(cue: Cue, start_before: int, duration_ms: int | None) -> list[str]:
    problems = []
    if cue.start_ms < 0:
        problems.append(_("câu này bắt đầu trước khi bản ghi bắt đầu. Hãy sửa giờ."))
    if cue.end_ms <= cue.start_ms:
        problems.append(_("giờ kết thúc không sau giờ bắt đầu. Hãy sửa giờ."))
    elif cue.start_ms < start_before:
        problems.append(_("câu này bắt đầu trước câu đứng trên nó. Hãy sửa giờ hoặc xếp lại cho đúng thứ tự."))
    if cue.start_ms > (MAX_MS if duration_ms is None else min(duration_ms, MAX_MS)):
        problems.append(_("câu này nằm sau khi bản ghi đã hết. Hãy xem tệp lời có đúng của bản ghi này không."))
    if cue.end_ms > MAX_MS >= cue.start_ms:
        problems.append(_("giờ kết thúc quá lớn. Hãy sửa giờ."))
    if not cue.text:
        problems.append(_("câu này không có lời. Hãy ghi lời, hoặc xóa cả câu."))
    if len(cue.text) > MAX_TEXT:
        problems.append(_("câu này quá dài. Hãy tách thành nhiều câu."))
    return problems


def overlapping(cues: list[Cue]) -> list[Cue]:
    """The cues, in order of time, that begin before an earlier one of the same tier and speaker has ended."""
    ends: dict[tuple[str, str], int] = {}
    found = []
    for cue in sorted(cues, key=lambda each: (each.start_ms, each.end_ms)):
        key = (cue.tier, cue.speaker)
        if cue.start_ms < ends.get(key, 0):
            found.append(cue)
        ends[key] = max(cue.end_ms, ends.get(key, 0))
    return found
