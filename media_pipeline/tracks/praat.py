"""Praat TextGrids as cues: the long and the short text form, tiers of intervals and of points.

Praat's own rule for its text files: numbers, quoted texts and flags in angle brackets that stand free are data, everything else
(``xmin =``, ``intervals [1]:``) is for people. One reader follows for both forms. What does not fit is a complaint with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from .cues import Cue, Reading, name_of, words_of

_TOKEN = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"(?!\S)|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?!\S)|(?P<flag><\w+>)(?!\S)|![^\n]*|\S+'
)
INTERVALS, POINTS = "IntervalTier", "TextTier"
MOST = 1_000_000  # tiers of a file, intervals of a tier


@dataclass(frozen=True, slots=True)
class _Token:
    value: str | float
    line: int


class _UnexpectedDataError(Exception):
    """The data do not go on as they should; ``line`` is where, ``kind`` what should stand there: a number or a text."""

    def __init__(self, line: int, kind: type) -> None:
        super().__init__(line, kind)
        self.line, self.kind = line, kind


class _Tokens:
    """The data of a TextGrid one after the other; ``line`` is where the last one stands."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self.line = 1

    def number(self) -> float:
        """The next datum, a number. Raises _UnexpectedDataError."""
        return float(self._next(float).value)

    def count(self) -> int:
        """The next datum, a number of things that follow. Raises _UnexpectedDataError."""
        number = self.number()
        if not (number.is_integer() and 0 <= number <= MOST):
            raise _UnexpectedDataError(self.line, float)
        return int(number)

    def text(self) -> _Token:
        """The next datum, a quoted text. Raises _UnexpectedDataError."""
        return self._next(str)

    def skip(self, *kinds: type) -> None:
        """Go on behind data of these kinds. Raises _UnexpectedDataError."""
        for kind in kinds:
            self._next(kind)

    def _next(self, kind: type) -> _Token:
        token = next(self._tokens, None)
        self.line = token.line if token else self.line
        if token is None or not isinstance(token.value, kind):
            raise _UnexpectedDataError(self.line, kind)
        return token


def _tokens(text: str) -> Iterator[_Token]:
    line, place = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        if match["text"] is not None:
            yield _Token(match["text"].replace('""', '"'), line)
        elif match["number"] is not None:
            yield _Token(float(match["number"]), line)


def is_textgrid(text: str) -> bool:
    """Whether a text is a TextGrid in a text form, long or short."""
    head = text[:400]
    return "ooTextFile" in head and '"TextGrid"' in head


def read_textgrid(text: str, tier: str = "") -> Reading:
    """The cues of one tier or of all."""
    reading, tokens = Reading(), _Tokens(text)
    try:
        tokens.skip(str, str, float, float)  # the kind of file, the class of the object, the time of the whole
        for _number in range(tokens.count()):
            _read_tier(tokens, tier, reading)
    except _UnexpectedDataError as problem:
        number = _("tệp TextGrid sai quanh đây: thiếu một số. Hãy mở tệp trong Praat và lưu lại (Save as text file).")
        words = _("tệp TextGrid sai quanh đây: thiếu chữ trong ngoặc kép. Hãy mở tệp trong Praat và lưu lại (Save as text file).")
        reading.complain(problem.line, number if problem.kind is float else words)
    return reading


def _read_tier(tokens: _Tokens, wanted: str, reading: Reading) -> None:
    kind, name = tokens.text(), name_of(str(tokens.text().value))
    if kind.value not in {INTERVALS, POINTS}:
        raise _UnexpectedDataError(kind.line, str)
    reading.tiers.append(name)
    tokens.number()
    end, count = tokens.number(), tokens.count()
    read = _intervals if kind.value == INTERVALS else _points
    cues = [replace(cue, tier=name) for cue in read(tokens, count, end) if cue.text]
    if wanted and wanted != name:
        return
    reading.cues += cues
    if kind.value == POINTS and cues:
        note = _("Tầng “%(tier)s” là tầng điểm, không có giờ kết thúc: mỗi nhãn được tính là kéo dài đến nhãn sau.")
        reading.notes.append(note % {"tier": name})


def _intervals(tokens: _Tokens, count: int, end: float) -> list[Cue]:
    cues = []
    for _number in range(count):
        start, line = _ms(tokens.number()), tokens.line
        stop, words = _ms(tokens.number()), tokens.text()
        cues.append(Cue(start, stop, words_of(str(words.value)), "", line))
    return cues


def _points(tokens: _Tokens, count: int, end: float) -> list[Cue]:
    """A point lasts until the next one, the last one until the tier ends."""
    points = []
    for _number in range(count):
        start, line, words = _ms(tokens.number()), tokens.line, tokens.text()
        points.append(Cue(start, start, words_of(str(words.value)), "", line))
    last = [replace(point, end_ms=max(_ms(end), point.start_ms + 1)) for point in points[-1:]]
    return [replace(point, end_ms=following.start_ms) for point, following in pairwise(points)] + last


def _ms(seconds: float) -> int:
    """Milliseconds, within what the check can still complain of."""
    return round(max(-1.0, min(seconds, 1e6)) * 1000)
