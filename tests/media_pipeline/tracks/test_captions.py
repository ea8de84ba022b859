"""WebVTT and SubRip: every cue comes in or is a complaint with its line; only real tags are taken away."""

import pytest

from media_pipeline.tracks.cues import Cue, TrackError
from media_pipeline.tracks.importing import read

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


def times(start: int, end: int) -> str:
    return f"00:00:0{start}.000 --> 00:00:0{end}.000"


def texts(data: str) -> list[str]:
    return [cue.text for cue in read(data.encode())]


def complaint(data: str | bytes) -> tuple[int, str]:
    with pytest.raises(TrackError) as bad:
        read(data.encode() if isinstance(data, str) else data)
    assert f"Dòng {bad.value.errors[0].line}:" in bad.value.message
    return bad.value.errors[0].line, bad.value.errors[0].what


def test_webvtt_becomes_plain_text_with_speakers() -> None:
    assert read(VTT.encode()) == [
        Cue(500, 2000, "Xin chào & <script>alert(1)</script>mời vào", "Bà Mỷ", 9),
        Cue(3_603_000, 3_604_250, "Dòng một\nDòng hai", "", 12),
    ]


def test_srt_with_a_byte_order_mark_and_windows_lines_is_read() -> None:
    data = "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nKhèn Mông\r\n".encode()
    assert read(data) == [Cue(1000, 2500, "Khèn Mông", "", 2)]


@pytest.mark.parametrize(
    ("data", "line", "advice"),
    [
        (b"1\n00:00:02,000 --> 00:00:01,000\nx\n", 2, "sửa giờ"),
        (b"1\n00:00:03,000 --> 00:00:05,000\nx\n\n2\n00:00:01,000 --> 00:00:02,000\ny\n", 6, "xếp lại"),
        (b"1\n00:61:01,000 --> 00:62:02,000\nx\n", 2, "00:00:01"[:2]),
        (b"1\n00:00:01,000 --> nonsense\nx\n", 2, "-->"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nL\xea h\xf4i\n", 3, "UTF-8"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", 3, "xóa"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n", 2, "xóa"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nmot\n\nhai\n", 5, "dòng trống"),
        (b"WEBVTT\n\n1\n00:01.000 --> 00:02.000\nmot\n\nNOTES\nhai\n", 7, "dòng trống"),
        (b"1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n", 5, "dòng trống"),
        (b"1\n2\n00:00:03,000 --> 00:00:04,000\nb\n", 1, "thời gian"),
        (b"1\n999:00:01,000 --> 999:00:02,000\nx\n", 2, "bản ghi"),
        (b"1\n00:00:01,000 --> 999:00:02,000\nx\n", 2, "quá lớn"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * 10_001, 2, "tách"),
    ],
)
def test_what_cannot_come_in_is_reported_by_line_with_what_to_do(data: bytes, line: int, advice: str) -> None:
    where, what = complaint(data)
    assert where == line
    assert advice in what


@pytest.mark.parametrize(
    "head", ["WEBVTT\n", "WEBVTT Kind: captions\nLanguage: vi\n", "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n", "WEBVTT\n1\n"]
)
def test_a_cue_right_behind_the_header_comes_in(head: str) -> None:
    assert texts(f"{head}{times(1, 2)}\nCâu thứ nhất\n\n{times(3, 4)}\nCâu thứ hai\n") == ["Câu thứ nhất", "Câu thứ hai"]


@pytest.mark.parametrize("name", ["NOTES-1", "STYLE2", "STYLE", "REGIONAL", "WEBVTT", "NOTE 1", "X-TIMESTAMP-MAP", "7"])
def test_a_cue_may_have_any_name(name: str) -> None:
    assert texts(f"WEBVTT\n\n{name}\n{times(1, 2)}\nCâu một\n") == ["Câu một"]


@pytest.mark.parametrize(
    "block", ["NOTE\nhai dòng\nlời chú", "NOTE lời chú", "STYLE\n::cue(b) { color: red }", "REGION\nid:fred", "NOTE\tlời"]
)
def test_comments_and_settings_of_webvtt_are_no_words(block: str) -> None:
    assert texts(f"WEBVTT\n\n{block}\n\n{times(1, 2)}\nCâu một\n\n{block}\n") == ["Câu một"]


@pytest.mark.parametrize("words", ["5 < 7 và 9 > 8", "a <b và c> d", "<loan> <cười>", "x<y", "a << b >> c", "< i >", "AT&T & co", "R&D;"])
@pytest.mark.parametrize("head", ["WEBVTT\n\n", "1\n"])
def test_signs_that_are_no_tags_are_words(head: str, words: str) -> None:
    assert texts(f"{head}{times(1, 2)}\n{words}\n") == [words]


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("<c.yellow.bg>a</c> <lang en>b</lang> <00:00:01.500>c", "a b c"),
        ("<ruby>a<rt>b</rt></ruby> <i.x>c</i> <u>d</u>", "ab c d"),
        ('<font color="#fff">a</font> &lt;b&gt; &#233;', "a <b> é"),
    ],
)
def test_tags_of_webvtt_are_taken_away(words: str, plain: str) -> None:
    assert texts(f"WEBVTT\n\n{times(1, 2)}\n{words}\n") == [plain]


def test_tags_of_srt_are_taken_away() -> None:
    words = '{\\an8}<I>a</I> <font color="red">b</font> {c} <S>d</S> &amp;'
    assert texts(f"1\n{times(1, 2)}\n{words}\n") == ["a b {c} d &"]


@pytest.mark.parametrize("arrow", ["-->", " -->", "-->  ", "\t-->\t"])
@pytest.mark.parametrize("head", ["WEBVTT\n\n", "", "1\n"])
def test_spaces_round_the_arrow_and_the_number_of_a_cue_may_be_missing(head: str, arrow: str) -> None:
    assert texts(f"{head}00:00:01.000{arrow}00:00:02.000\nXin chào\n") == ["Xin chào"]


def test_each_voice_in_a_cue_is_a_cue_of_its_own_speaker() -> None:
    body = "dẫn <v.first Bà Mỷ>Ai lên\nxứ Lạng</v> <v Ông &amp; cháu>Cùng <b>anh</b>"
    assert [(cue.speaker, cue.text, cue.start_ms) for cue in read(f"WEBVTT\n\n{times(1, 4)}\n{body}\n".encode())] == [
        ("", "dẫn", 1000),
        ("Bà Mỷ", "Ai lên\nxứ Lạng", 1000),
        ("Ông & cháu", "Cùng anh", 1000),
    ]
