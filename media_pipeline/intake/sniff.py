"""What a file is, by its first bytes alone. Name, extension and declared type are never asked.

``sniff`` answers a format of the table or refuses with the reason; a parser restricted to that format has the second word.
"""

import re
from collections.abc import Callable

from ..errors import Refused
from ..formats import FORMATS, Format

HEAD = 64 * 1024

Test = Callable[[bytes], bool]


def _starts(*prefixes: bytes) -> Test:
    return lambda head: head.startswith(prefixes)


def _riff(kind: bytes) -> Test:
    return lambda head: head[:4] in {b"RIFF", b"RF64", b"BW64"} and head[8:12] == kind


def _brand(*brands: bytes) -> Test:
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _zip_with(first: bytes, *needed: bytes) -> Test:
    return lambda head: head.startswith(b"PK\x03\x04") and head[30 : 30 + len(first)] == first and all(each in head for each in needed)


def _mpeg_audio(head: bytes) -> bool:
    """An MPEG audio frame header: 11 sync bits, layer III, no reserved bit rate or rate."""
    return len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C


def _adts(head: bytes) -> bool:
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def _mpegts(head: bytes) -> bool:
    return len(head) > 376 and head[0] == head[188] == head[376] == 0x47


def _bitmap(head: bytes) -> bool:
    """A Windows or OS/2 bitmap: two letters are too little, so the length of its second header counts as well."""
    return head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}


_BOXES = (b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid", b"moof", b"styp", b"sidx")


def _isobmff(head: bytes) -> bool:
    """A film without a brand, as old cameras and broken recordings write it: a known box comes first."""
    return head[4:8] in _BOXES


_HEIF = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")

#: Order matters: the first that says yes decides.
SIGNATURES: list[tuple[str, Test]] = [
    ("jpeg", _starts(b"\xff\xd8\xff")),
    ("png", _starts(b"\x89PNG\r\n\x1a\n")),
    ("gif", _starts(b"GIF87a", b"GIF89a")),
    ("bmp", _bitmap),
    ("psd", _starts(b"8BPS\x00\x01")),
    ("tiff", _starts(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")),
    ("webp", _riff(b"WEBP")),
    ("avif", _brand(b"avif", b"avis")),
    ("heic", _brand(*_HEIF)),
    ("jp2", _starts(b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")),
    ("wav", _riff(b"WAVE")),
    ("w64", _starts(b"riff\x2e\x91\xcf\x11")),
    ("aiff", lambda head: head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}),
    ("flac", _starts(b"fLaC")),
    ("amr", _starts(b"#!AMR")),
    ("caf", _starts(b"caff\x00\x01")),
    ("ogg", _starts(b"OggS\x00")),
    ("matroska", lambda head: head.startswith(b"\x1aE\xdf\xa3") and b"webm" not in head[:64]),
    ("webm", lambda head: head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]),
    ("avi", _riff(b"AVI ")),
    ("asf", _starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")),
    ("flv", _starts(b"FLV\x01")),
    ("mxf", _starts(b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02")),
    ("dv", _starts(b"\x1f\x07\x00")),
    ("mpeg", _starts(b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")),
    ("mpegts", _mpegts),
    ("mov", _brand(b"qt  ")),
    ("mp4", lambda head: head[4:8] == b"ftyp"),
    ("mov", _isobmff),
    ("mp3", lambda head: head.startswith(b"ID3") or _mpeg_audio(head)),
    ("aac", _adts),
    ("pdf", _starts(b"%PDF-")),
    ("docx", _zip_with(b"[Content_Types].xml", b"word/")),
    ("odt", _zip_with(b"mimetypeapplication/vnd.oasis.opendocument.text")),
    ("epub", _zip_with(b"mimetypeapplication/epub+zip")),
]

_TEXT_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*")

#: What is refused by name, so that the message can say what it is. Checked on the start of the text, in lower case.
REFUSED: list[tuple[str, Test]] = [
    ("archive", _starts(b"pk\x03\x04", b"pk\x05\x06", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"bzh", b"\xfd7zxz", b"\x28\xb5\x2f\xfd")),
    ("program", _starts(b"mz", b"\x7felf", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!", b"\x00asm")),
    ("vector", lambda text: text.startswith((b"%!", b"\xc5\xd0\xd3\xc6", b"<svg", b"push graphic-context")) or b"<svg" in text[:2048]),
    ("playlist", _starts(b"#extm3u", b"ffconcat", b"[playlist]", b"v=0\n", b"v=0\r", b"<smil", b"<asx")),
    ("playlist", lambda text: text.startswith(b"<?xml") and b"<mpd" in text[:2048]),
    ("markup", lambda text: text.startswith(b"<") or b"<?php" in text or b"<script" in text or b"<html" in text),
]


#: Nothing in plain text says that it is a document, so its name must: the only use of a name, and it only ever refuses.
TEXT_NAMES = (".txt", ".text", ".md")


def sniff(head: bytes, name: str) -> Format:
    """The format of a file from its first ``HEAD`` bytes; the name counts for plain text alone. Raises Refused."""
    if not head:
        raise Refused("empty")
    for code, test in SIGNATURES:
        if test(head):
            return FORMATS[code]
    start = _TEXT_START.sub(b"", head, count=1).lower()
    for code, test in REFUSED:
        if test(start):
            raise Refused(code)
    return _text(head, name)


def _text(head: bytes, name: str) -> Format:
    """Plain text is UTF-8 without control characters; captions are imported elsewhere."""
    if not _is_text(head):
        raise Refused("not_text" if _looks_like_words(head) else "unknown_type")
    if is_captions(head):
        raise Refused("captions")
    if not name.lower().endswith(TEXT_NAMES):
        raise Refused("sheet" if name.lower().endswith((".csv", ".tsv")) else "unknown_type")
    return FORMATS["text"]


def is_captions(head: bytes) -> bool:
    """Whether a text is WebVTT or SubRip, whatever its encoding."""
    plain = _TEXT_START.sub(b"", head, count=1)
    return plain.startswith(b"WEBVTT") or bool(re.match(rb"\d+\s*\r?\n\s*-?[\d:.,]+\s*-->", plain))


def _is_text(head: bytes) -> bool:
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1 or -4]
    try:
        text = whole.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(char.isprintable() or char in "\n\r\t\u00a0\u200b\u200c\u200d\ufeff\u3000" for char in text)


def _looks_like_words(head: bytes) -> bool:
    """Whether it is mostly letters: text in an old encoding, which should get a better answer than "unknown"."""
    plain = sum(byte in b"\t\n\r" or 32 <= byte < 127 for byte in head[:4096])
    return b"\x00\x00" not in head[:4096] and plain > 0.6 * len(head[:4096])
