"""Completeness is judged against the bytes: all sound is decoded, whatever the header counts, or staff are told."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from media_pipeline.models import Asset
from media_pipeline.processes.children import sound_chunks

Take, WorkOff = Callable[..., Asset], Callable[[], int]
RATE = 8000  # samples of two bytes a second


def chunk(name: bytes, data: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<I", len(data) if size is None else size) + data + b"\x00" * (len(data) % 2)


def sound(seconds: float) -> bytes:
    """A noise without long runs of zeros and without anything that looks like a chunk."""
    return bytes((37 * place * place + 11 * place + 7) % 251 + 1 for place in range(round(seconds * RATE) * 2))


TITLE = chunk(b"LIST", b"INFOINAM" + struct.pack("<I", 4) + b"Hat\x00")
FORM = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16))


def wav(data: bytes, size: int | None = None, *, behind: bytes = b"", before: bytes = b"", kind: bytes = b"RIFF") -> bytes:
    body = b"WAVE" + before + FORM + chunk(b"data", data, size) + behind
    return kind + struct.pack("<I", min(len(body), 0xFFFFFFFF)) + body


def large(data_size: int) -> bytes:
    """The chunk of an RF64 with the true sizes."""
    return chunk(b"ds64", struct.pack("<QQQI", 0, data_size, 0, 0))


def aiff(data: bytes, size: int, behind: bytes = b"") -> bytes:
    form = b"COMM" + struct.pack(">IhIh", 18, 1, len(data) // 2, 16) + bytes.fromhex("400bfa00000000000000")
    body = b"AIFF" + form + b"SSND" + struct.pack(">I", size + 8) + bytes(8) + data + behind
    return b"FORM" + struct.pack(">I", len(body)) + body


def caf(data: bytes, size: int, behind: bytes = b"") -> bytes:
    description = struct.pack(">d4sIIIII", RATE, b"lpcm", 0, 2, 1, 1, 16)
    return b"caff\x00\x01\x00\x00desc" + struct.pack(">q", 32) + description + b"data" + struct.pack(">q", size) + bytes(4) + data + behind


def w64(data: bytes, size: int) -> bytes:
    tail = bytes.fromhex("f3acd3118cd100c04f8edb8a")
    form = b"fmt " + tail + struct.pack("<Q", 40) + FORM[8:]
    riff = b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000")
    return riff + struct.pack("<Q", 104 + len(data)) + b"wave" + tail + form + b"data" + tail + struct.pack("<Q", size + 24) + data


WHOLE = sound(4)
QUARTER = len(WHOLE) // 4
BAD_TITLE = b"LIST" + struct.pack("<I", 9999) + b"INFO"


@pytest.mark.parametrize(
    ("container", "data", "uncounted", "seconds"),
    [
        ("wav", wav(WHOLE), False, 0),
        ("wav", wav(WHOLE, behind=TITLE + chunk(b"id3 ", b"x" * 5000)), False, 0),
        ("wav", wav(WHOLE[:-1], behind=TITLE), False, 0),
        ("wav", wav(WHOLE, behind=BAD_TITLE), False, 0),  # the sound is whole: only the titles are cut
        ("wav", wav(WHOLE, behind=b"TAG" + bytes(125)), False, 0),
        ("wav", wav(WHOLE, behind=bytes(1000)), False, 0),
        ("wav", wav(WHOLE, len(WHOLE) * 2), False, 0),  # cut: there is less than it counts
        ("wav", wav(WHOLE, QUARTER), True, 4),
        ("wav", wav(WHOLE, QUARTER, behind=TITLE), True, 4),
        ("wav", wav(WHOLE, QUARTER, before=TITLE), True, 4),
        ("wav", wav(WHOLE, 0), False, 0),
        ("wav", wav(WHOLE, 0xFFFFFFFF), False, 0),
        ("wav", wav(WHOLE, 0, behind=TITLE), False, 4),
        ("wav", wav(WHOLE, 0xFFFFFFFF, behind=TITLE), False, 4),
        ("wav", wav(WHOLE, 0xFFFFFFFF, before=large(len(WHOLE)), behind=TITLE, kind=b"RF64"), False, 0),
        ("wav", wav(WHOLE, 0xFFFFFFFF, before=large(QUARTER), kind=b"RF64"), True, 4),
        ("wav", wav(WHOLE, 0xFFFFFFFF, before=large(QUARTER), behind=TITLE, kind=b"BW64"), True, 4),
        ("wav", b"RIFF\x00\x00\x00\x00WAVE", False, 0),
        ("w64", w64(WHOLE, len(WHOLE)), False, 0),
        ("w64", w64(WHOLE, QUARTER), True, 0),
        ("aiff", aiff(WHOLE, len(WHOLE)), False, 0),
        ("aiff", aiff(WHOLE, len(WHOLE), b"ANNO\x00\x00\x00\x02Ha"), False, 0),
        ("aiff", aiff(WHOLE, QUARTER), True, 0),
        ("caf", caf(WHOLE, len(WHOLE) + 4), False, 0),
        ("caf", caf(WHOLE, -1), False, 0),
        ("caf", caf(WHOLE, QUARTER), True, 0),
    ],
)
def test_the_header_is_compared_with_the_bytes(tmp_path: Path, container: str, data: bytes, uncounted: bool, seconds: float) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert sound_chunks.work({"path": str(path), "container": container}) == {"uncounted": uncounted, "seconds": seconds}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (wav(WHOLE, QUARTER), ["sound_uncounted"]),
        (wav(WHOLE, QUARTER, behind=chunk(b"LIST", b"INFO" + bytes(100_000))), ["sound_uncounted"]),
        (wav(WHOLE, 0xFFFFFFFF, before=large(QUARTER), kind=b"RF64"), ["sound_uncounted"]),
        (wav(WHOLE, 0, behind=chunk(b"LIST", b"INFO" + bytes(100_000))), []),
        (wav(WHOLE, 0xFFFFFFFF), []),
        (wav(WHOLE), []),
    ],
)
def test_all_sound_of_a_wave_file_is_decoded(take: Take, work_off: WorkOff, data: bytes, told: list[str]) -> None:
    asset = take(data, "hát.wav")
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY, [(job.error_code, job.error_text, job.log_tail) for job in asset.jobs.all()]
    assert asset.duration_ms == 4000
    assert all(abs((each.duration_ms or 4000) - 4000) < 100 for each in asset.current)
    assert warnings(asset) == told


@pytest.mark.django_db(transaction=True)
def test_a_recording_from_before_is_compared_when_it_is_made_again(take: Take, work_off: WorkOff) -> None:
    asset = take(wav(WHOLE, QUARTER), "hát.wav")
    old = {name: value for name, value in asset.probe.items() if name not in {"uncounted", "read_options"}}
    Asset.objects.filter(pk=asset.pk).update(probe=old)
    work_off()
    asset.refresh_from_db()
    assert asset.duration_ms == 4000
    assert asset.probe["uncounted"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("data", [aiff(WHOLE, QUARTER), caf(WHOLE, QUARTER)])
def test_where_ffmpeg_needs_the_size_staff_are_told(take: Take, work_off: WorkOff, data: bytes) -> None:
    asset = take(data, "hát")
    work_off()
    assert "bytes_uncounted" in warnings(asset)


@pytest.mark.django_db(transaction=True)
def test_a_wave64_that_counts_too_little_is_kept_as_damaged(take: Take) -> None:
    assert take(w64(WHOLE, len(WHOLE)), "hát.w64").problem == ""
    assert take(w64(WHOLE, QUARTER), "hát.w64").problem == "damaged"  # ffmpeg reads no further than the wrong chunk


def warnings(asset: Asset) -> list[Any]:
    asset.refresh_from_db()
    return list(asset.warnings)


def test_the_sound_of_these_tests_is_no_chunk() -> None:
    assert not any(name in WHOLE for name in sound_chunks.KNOWN)
    assert io.BytesIO(WHOLE).read(1) != b"\x00"
