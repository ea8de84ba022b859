"""Captions and transcripts: what is wrong is said by line, markup never gets through, what goes out comes back in."""

from pathlib import Path

import pytest

from media_pipeline.models import Segment
from media_pipeline.tracks import export
from media_pipeline.tracks.importing import Cue, TrackError, read, split_text

VTT = """WEBVTT

STYLE
::cue { background: url(http://127.0.0.1:9/canary) }

NOTE a remark

intro
00:00.500 --> 00:02.000 align:left
<v Bà Mỷ>Xin <b>chào</b> &amp; <script>alert(1)</script>mời vào

01:00:03.000 --> 01:00:04.250
Dòng một
Dòng hai
"""


def test_webvtt_becomes_plain_text_with_speakers() -> None:
    assert read("a.vtt", VTT.encode()) == [
        Cue(500, 2000, "Xin chào & alert(1)mời vào", "Bà Mỷ", 9),
        Cue(3_603_000, 3_604_250, "Dòng một\nDòng hai", "", 12),
    ]


def test_srt_with_a_byte_order_mark_and_windows_lines_is_read() -> None:
    data = "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nKhèn Mông\r\n".encode()
    assert read("a.srt", data) == [Cue(1000, 2500, "Khèn Mông", "", 2)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"1\n00:00:02,000 --> 00:00:01,000\nx\n", 2),
        (b"1\n00:00:01,000 --> 00:00:05,000\nx\n\n2\n00:00:03,000 --> 00:00:06,000\ny\n", 6),
        (b"1\n00:61:01,000 --> 00:62:02,000\nx\n", 2),
        (b"1\n00:00:01,000 --> nonsense\nx\n", 2),
        (b"1\n00:00:01,000 --> 00:00:02,000\nL\xea h\xf4i\n", 3),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", 3),
    ],
)
def test_errors_are_reported_by_line_and_nothing_is_corrected(data: bytes, line: int) -> None:
    with pytest.raises(TrackError) as bad:
        read("a", data)
    assert line in [each.line for each in bad.value.errors]
    assert f"Dòng {line}:" in bad.value.message


def test_a_cue_after_the_end_of_the_recording_is_reported() -> None:
    with pytest.raises(TrackError):
        read("a.srt", b"1\n00:01:00,000 --> 00:01:02,000\nx\n", duration_ms=5000)


def test_an_unknown_file_is_refused_with_the_list_of_what_is_taken() -> None:
    with pytest.raises(TrackError) as bad:
        read("a", b"just words")
    assert "ELAN" in bad.value.message


ELAN = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT><TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1200"/>
</TIME_ORDER>
<TIER TIER_ID="hmn" PARTICIPANT="Vàng A Páo"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2">
<ANNOTATION_VALUE>nyob zoo</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="vi" PARENT_REF="hmn"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1">
<ANNOTATION_VALUE>xin chào</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>"""


def test_elan_tiers_keep_their_names_and_translations_take_the_times_of_what_they_translate() -> None:
    assert read("a.eaf", ELAN.encode()) == [
        Cue(0, 1200, "nyob zoo", "Vàng A Páo", 0, "hmn"),
        Cue(0, 1200, "xin chào", "", 0, "vi"),
    ]


def test_an_elan_file_with_entities_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><ANNOTATION_DOCUMENT>&a;</ANNOTATION_DOCUMENT>'
    with pytest.raises(TrackError):
        read("a.eaf", bomb.encode())


def test_a_textgrid_gives_the_intervals_with_words() -> None:
    grid = (
        'File type = "ooTextFile"\nObject class = "TextGrid"\nitem [1]:\n class = "IntervalTier"\n name = "từ"\n xmin = 0\n xmax = 2\n'
        ' intervals [1]:\n xmin = 0\n xmax = 0.5\n text = ""\n intervals [2]:\n xmin = 0.5\n xmax = 1.25\n text = "nói ""vâng"""\n'
    )
    assert [(cue.start_ms, cue.end_ms, cue.text, cue.tier) for cue in read("a.TextGrid", grid.encode())] == [
        (500, 1250, 'nói "vâng"', "từ")
    ]


def test_plain_text_is_spread_over_the_recording_by_length() -> None:
    cues = split_text("Một\n\nHai ba bốn", 13_000)
    assert [cue.text for cue in cues] == ["Một", "Hai ba bốn"]
    assert cues[0].start_ms == 0
    assert cues[0].end_ms == cues[1].start_ms == 3000
    assert cues[-1].end_ms == 13_000


@pytest.mark.parametrize("write", [export.as_vtt, export.as_srt])
def test_an_exported_track_can_be_imported_again(write: object) -> None:
    segments = [
        Segment(order=1, start_ms=0, end_ms=1000, text="5 < 6 & 7 > 2"),
        Segment(order=2, start_ms=1000, end_ms=61_001, text="hai\n\n\ndòng"),
    ]
    back = read("x", write(segments).encode())  # type: ignore[operator]
    assert [(cue.start_ms, cue.end_ms) for cue in back] == [(0, 1000), (1000, 61_001)]
    assert back[1].text == "hai\ndòng"
    assert "6" in back[0].text
    assert "2" in back[0].text


def test_the_corpus_of_bad_captions(corpora: Path) -> None:
    cues = read("t_xss.vtt", (corpora / "t_xss.vtt").read_bytes())
    assert not any("<" in cue.text for cue in cues)
    for name in ("t_bad_times.srt", "t_cp1258.srt"):
        with pytest.raises(TrackError) as bad:
            read(name, (corpora / name).read_bytes())
        assert bad.value.errors[0].line


def test_elan_goes_out_with_a_tier_for_each_speaker_and_comes_back() -> None:
    segments = [
        Segment(order=1, start_ms=0, end_ms=1000, text="nyob <zoo> & nyob", speaker="Vàng A Páo"),
        Segment(order=2, start_ms=500, end_ms=1500, text="xin chào", speaker="Bà Mỷ"),
    ]
    back = read("x.eaf", export.as_eaf(segments).encode())
    assert [(cue.start_ms, cue.end_ms, cue.speaker) for cue in back] == [(0, 1000, "Vàng A Páo"), (500, 1500, "Bà Mỷ")]
