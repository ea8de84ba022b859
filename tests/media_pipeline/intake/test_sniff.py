"""What a file is follows from its bytes."""

import pytest

from media_pipeline.errors import Refused
from media_pipeline.intake.sniff import sniff
from tests.media_pipeline.fixtures import picture_bytes


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (picture_bytes(kind="PNG"), "png"),
        (picture_bytes(kind="JPEG"), "jpeg"),
        (picture_bytes(kind="WEBP"), "webp"),
        (picture_bytes(kind="AVIF"), "avif"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", "wav"),
        (b"fLaC\x00", "flac"),
        (b"ID3\x04\x00", "mp3"),
        (b"\xff\xfb\x90\x64" + bytes(200), "mp3"),
        (b"\xff\xf1\x50\x80" + bytes(200), "aac"),
        (b"\x00\x00\x00\x20ftypisom", "mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "mov"),
        (b"\x00\x00\x00\x08moov", "mov"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x88matroska", "matroska"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x84webm", "webm"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zipPK", "epub"),
        ("Lễ hội Gầu Tào\n".encode(), "text"),
    ],
)
def test_the_first_bytes_decide(head: bytes, code: str) -> None:
    assert sniff(head, "ghi-chép.txt").code == code


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "vector"),
        (b"%!PS-Adobe-3.0 EPSF", "vector"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "markup"),
        (b"GIF but not one <script>alert(1)</script>", "markup"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname", "playlist"),
        (b"ffconcat version 1.0\nfile x.mp4", "playlist"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1", "playlist"),
        (b"<?xml version='1.0'?><MPD></MPD>", "playlist"),
        (b"MZ\x90\x00", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"PK\x03\x04" + bytes(100), "archive"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nxin", "captions"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nxin", "captions"),
        (b"L\xea h\xf4i c\xf4ng chi\xeang T\xe2y Nguy\xean", "not_text"),
        (b"\x00\x01\x02\x03", "unknown_type"),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_its_own_reason(head: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        sniff(head, "ghi-chép.txt")
    assert refusal.value.code == code
    assert refusal.value.status == 422


def test_plain_text_must_also_be_called_text() -> None:
    with pytest.raises(Refused, match="unknown_type"):
        sniff(b"drawn as video by some programs", "film.ans")
    with pytest.raises(Refused, match="sheet"):
        sniff("mã;tên\n1;Tày\n".encode(), "nhóm.csv")
