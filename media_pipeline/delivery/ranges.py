"""The Range header (RFC 9110, section 14): one range is answered, several are answered with the whole, as the RFC allows."""

import re
from dataclasses import dataclass

_SINGLE = re.compile(r"bytes=\s*(\d{0,19})\s*-\s*(\d{0,19})\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes from start up to end, end not included."""

    start: int
    end: int


class UnsatisfiableRangeError(Exception):
    """No byte of the file lies in the range."""


def parse_range(header: str, size: int) -> Range | None:
    """The range asked for, or None for the whole file. Raises UnsatisfiableRangeError."""
    match = _SINGLE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise UnsatisfiableRangeError
        return Range(max(0, size - int(last)), size)
    start, end = int(first), min(int(last) + 1 if last else size, size)
    if last and int(last) < start:
        return None  # not a range at all: ignored
    if start >= size:
        raise UnsatisfiableRangeError
    return Range(start, end)
