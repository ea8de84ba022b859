"""Compares what the header of a sound file counts with the bytes that are there: WAV, RF64, BW64, Wave64, AIFF, CAF.

Recorders write sizes that wrap at 4 GiB, stay 0 or stay at their first value when the battery ends. The sound is then more than
the header says. Real chunks (titles, cue points) may stand behind it, and they are no sound.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

TAIL = 1 << 20  # how far from the end chunks behind the sound are looked for
MOST_CHUNKS = 10_000
UNKNOWN = 0xFFFFFFFF
KNOWN = (b"LIST", b"id3 ", b"ID3 ", b"bext", b"iXML", b"cue ", b"smpl", b"_PMX", b"axml", b"chna", b"JUNK", b"PAD ", b"fact", b"PEAK")
W64_DATA = b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int  # of its content
    size: int  # of its content, as the header says
    end: int  # where the next one begins


@dataclass(frozen=True, slots=True)
class _Container:
    """How a container writes its chunks, and which of them is the sound."""

    first: int
    head: int
    sound: bytes
    chunk: Callable[[bytes, int], _Chunk]
    readable_to_end: bool = False  # ffmpeg can be told to read the sound without its size


def _riff(head: bytes, at: int) -> _Chunk:
    size = struct.unpack("<I", head[4:8])[0]
    return _Chunk(head[:4], at + 8, size, at + 8 + size + size % 2)


def _aiff(head: bytes, at: int) -> _Chunk:
    size = struct.unpack(">I", head[4:8])[0]
    return _Chunk(head[:4], at + 8, size, at + 8 + size + size % 2)


def _caf(head: bytes, at: int) -> _Chunk:
    size = struct.unpack(">q", head[4:12])[0]
    return _Chunk(head[:4], at + 12, max(0, size), at + 12 + max(0, size))


def _w64(head: bytes, at: int) -> _Chunk:
    size = max(24, struct.unpack("<Q", head[16:24])[0])
    return _Chunk(head[:16], at + 24, size - 24, at + (size + 7) // 8 * 8)


CONTAINERS = {
    "wav": _Container(12, 8, b"data", _riff, readable_to_end=True),
    "w64": _Container(40, 24, W64_DATA, _w64),
    "aiff": _Container(12, 8, b"SSND", _aiff),
    "caf": _Container(8, 12, b"data", _caf),
}


def work(request: dict[str, Any]) -> dict[str, Any]:
    """``path``, ``container`` → ``uncounted``: whether bytes of sound are not counted; ``seconds``: how much sound there is, where ffmpeg
    has to be told (0: it finds out by itself)."""
    container, path = CONTAINERS[request["container"]], Path(request["path"])
    length = path.stat().st_size
    with path.open("rb") as file:
        before = _chunks_before_sound(file, container, length)
        sound = before.get(container.sound)
        if sound is None:
            return {"uncounted": False, "seconds": 0.0}
        size = _declared(file, before, sound)
        if size and _nothing_behind(file, container, sound.start + size, length):
            return {"uncounted": False, "seconds": 0.0}
        end = _end_of_sound(file, container, sound.start, length)
        rate = _bytes_a_second(file, before) if container.readable_to_end else 0
        return {"uncounted": bool(size), "seconds": (end - sound.start) / rate if rate and (size or end < length) else 0.0}


def _chunks_before_sound(file: BinaryIO, container: _Container, length: int) -> dict[bytes, _Chunk]:
    chunks: dict[bytes, _Chunk] = {}
    at = container.first
    for _number in range(MOST_CHUNKS):
        chunk = _chunk_at(file, container, at)
        if chunk is None:
            break
        chunks.setdefault(chunk.name, chunk)
        if chunk.name == container.sound or chunk.end >= length:
            break
        at = chunk.end
    return chunks


def _chunk_at(file: BinaryIO, container: _Container, at: int) -> _Chunk | None:
    file.seek(at)
    head = file.read(container.head)
    return container.chunk(head, at) if len(head) == container.head else None


def _declared(file: BinaryIO, before: dict[bytes, _Chunk], sound: _Chunk) -> int:
    """The size of the sound as the header says; 0 where it says nothing. RF64 and BW64 keep it in a chunk of their own."""
    if sound.size != UNKNOWN:
        return sound.size
    if (large := before.get(b"ds64")) is None:
        return 0
    file.seek(large.start + 8)
    counted: int = struct.unpack("<Q", file.read(8).ljust(8, b"\x00"))[0]
    return 0 if counted == 2**64 - 1 else counted


def _bytes_a_second(file: BinaryIO, before: dict[bytes, _Chunk]) -> int:
    if (form := before.get(b"fmt ")) is None:
        return 0
    file.seek(form.start + 8)
    rate: int = struct.unpack("<I", file.read(4).ljust(4, b"\x00"))[0]
    return rate


def _nothing_behind(file: BinaryIO, container: _Container, end: int, length: int) -> bool:
    """Whether the sound reaches the end of the file, or only real chunks, an old MP3 tag or zeros stand behind it."""
    pads = range(8 if container.head == 24 else 2)
    return end >= length or any(_chain(file, container, end + pad, length, may_be_cut=True) for pad in pads)


def _chain(file: BinaryIO, container: _Container, at: int, length: int, *, may_be_cut: bool = False) -> bool:
    """Whether chunks follow one another from here to the end; the last one may be cut where its name is a known one."""
    for _number in range(MOST_CHUNKS):
        if at >= length or _is_rest(file, at, length):
            return True
        chunk = _chunk_at(file, container, at)
        if chunk is None or not all(0x20 <= byte < 0x7F for byte in chunk.name[:4]):
            return False
        if chunk.end > length + 1:
            return may_be_cut and chunk.name in KNOWN
        at = chunk.end
    return False


def _is_rest(file: BinaryIO, at: int, length: int) -> bool:
    """An ID3v1 tag, or padding with zeros."""
    if length - at > 65_536:
        return False
    file.seek(at)
    rest = file.read(length - at)
    return (len(rest) == 128 and rest.startswith(b"TAG")) or not rest.strip(b"\x00")


def _end_of_sound(file: BinaryIO, container: _Container, start: int, length: int) -> int:
    """Where chunks begin that reach to the end of the file; the end itself where there are none."""
    base = max(start, length - TAIL)
    file.seek(base)
    tail = file.read(length - base)
    places = sorted({place for name in KNOWN for place in _places(tail, name)})
    return next((base + place for place in places if _chain(file, container, base + place, length)), length)


def _places(tail: bytes, name: bytes) -> list[int]:
    places, place = [], tail.find(name)
    while place >= 0:
        places.append(place)
        place = tail.find(name, place + 1)
    return places
