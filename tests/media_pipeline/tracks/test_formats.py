"""What every format of words has in common: encodings, what is refused and why, plain text, and what goes out comes back in."""

from pathlib import Path

import pytest

from media_pipeline.models import Segment
from media_pipeline.tracks import export
from media_pipeline.tracks.cues import TrackError
from media_pipeline.tracks.importing import read, read_file, split_text


def test_a_cue_after_the_end_of_the_recording_is_reported() -> None:
    with pytest.raises(TrackError):
        read(b"1\n00:01:00,000 --> 00:01:02,000\nx\n", duration_ms=5000)


def test_an_unknown_file_is_refused_with_the_list_of_what_is_taken() -> None:
    with pytest.raises(TrackError) as bad:
        read(b"just words")
    assert "ELAN" in bad.value.message


def test_utf_16_that_says_so_is_read() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        data = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nKhèn Mông\r\n".encode(encoding)
        assert [cue.text for cue in read(data)] == ["Khèn Mông"]


def test_words_are_one_form_without_control_characters() -> None:
    cue = read("1\n00:00:01,000 --> 00:00:02,000\nHa\u0301t\x0bthen\x07 \x85hai\n".encode())[0]
    assert cue.text == "Hát\nthen\nhai"


def test_plain_text_is_spread_over_the_recording_by_length() -> None:
    cues = split_text("Một\n\nHai ba bốn", 13_000)
    assert [cue.text for cue in cues] == ["Một", "Hai ba bốn"]
    assert cues[0].start_ms == 0
    assert cues[0].end_ms == cues[1].start_ms == 3000
    assert cues[-1].end_ms == 13_000
    assert split_text(" \n", 1000) == []
    assert [cue.text for cue in split_text("<cười> a < b", 1000)] == ["<cười> a < b"]


def test_overlaps_come_in_with_a_note_that_says_where_they_begin() -> None:
    reading = read_file(b"1\n00:00:01,000 --> 00:00:05,000\nx\n\n2\n00:00:03,000 --> 00:00:06,000\ny\n")
    assert [(cue.start_ms, cue.end_ms) for cue in reading.cues] == [(1000, 5000), (3000, 6000)]
    assert "dòng 6" in reading.notes[0]
    assert "hát đối" in reading.notes[0]


@pytest.mark.parametrize("write", [export.as_vtt, export.as_srt])
def test_an_exported_track_can_be_imported_again(write: object) -> None:
    segments = [
        Segment(order=1, start_ms=0, end_ms=1000, text="5 < 6 & 7 > 2"),
        Segment(order=2, start_ms=1000, end_ms=61_001, text="hai\n\n\ndòng"),
    ]
    back = read(write(segments).encode())  # type: ignore[operator]
    assert [(cue.start_ms, cue.end_ms) for cue in back] == [(0, 1000), (1000, 61_001)]
    assert back[1].text == "hai\ndòng"
    assert "6" in back[0].text
    assert "2" in back[0].text


@pytest.mark.parametrize("words", ["<loan> <cười> 5 < 7", "a &lt; b &amp; c", "<v Ai> <b>x</b>", "<script>alert(1)</script>"])
def test_any_words_survive_going_out_as_webvtt_and_elan(words: str) -> None:
    segments = [Segment(order=1, start_ms=0, end_ms=1000, text=words, speaker="Bà <Mỷ> & con")]
    for write in (export.as_vtt, export.as_eaf):
        assert [(cue.text, cue.speaker) for cue in read(write(segments).encode())] == [(words, "Bà <Mỷ> & con")]


def test_the_corpus_of_bad_captions(corpora: Path) -> None:
    cues = read((corpora / "t_xss.vtt").read_bytes())
    segments = [Segment(order=1, start_ms=cue.start_ms, end_ms=cue.end_ms, text=cue.text) for cue in cues]
    assert "<script" not in export.as_vtt(segments)  # words of the cue, escaped wherever they go out
    for name in ("t_bad_times.srt", "t_cp1258.srt"):
        with pytest.raises(TrackError) as bad:
            read((corpora / name).read_bytes())
        assert bad.value.errors[0].line


def test_elan_goes_out_with_a_tier_for_each_speaker_and_comes_back() -> None:
    segments = [
        Segment(order=1, start_ms=0, end_ms=1000, text="nyob <zoo> & nyob", speaker="Vàng A Páo"),
        Segment(order=2, start_ms=500, end_ms=1500, text="xin chào", speaker="Bà Mỷ"),
    ]
    back = read(export.as_eaf(segments).encode())
    assert [(cue.start_ms, cue.end_ms, cue.speaker) for cue in back] == [(0, 1000, "Vàng A Páo"), (500, 1500, "Bà Mỷ")]
