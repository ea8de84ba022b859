"""Praat: both text forms come in, every number that Praat writes is read, what does not fit is a complaint with its line."""

import pytest

from media_pipeline.tracks.cues import TrackError
from media_pipeline.tracks.importing import read, read_file


def grid(*intervals: tuple[str, str, str], name: str = "lời") -> str:
    """A TextGrid in the long form, as Praat writes it."""
    head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 20 \ntiers? <exists> \nsize = 1 \nitem []: \n'
    tier = f'    item [1]:\n        class = "IntervalTier" \n        name = "{name}" \n        xmin = 0 \n        xmax = 20 \n'
    rows = "".join(
        f"        intervals [{number}]:\n            xmin = {start} \n            xmax = {end} \n            text = {text} \n"
        for number, (start, end, text) in enumerate(intervals, start=1)
    )
    return f"{head}{tier}        intervals: size = {len(intervals)} \n{rows}"


def short(*tiers: str, end: int = 3) -> str:
    return f'File type = "ooTextFile short"\n"TextGrid"\n\n0\n{end}\n<exists>\n{len(tiers)}\n' + "\n".join(tiers) + "\n"


INTERVALS = '"IntervalTier"\n"loi"\n0\n3\n2\n0\n1.5\n"xin chào"\n1.5\n3\n"bà con"'
POINTS = '"TextTier"\n"mốc"\n0\n3\n2\n0.5\n"mở đầu"\n1\n"hát"'


def spans(data: str, tier: str = "") -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in read_file(data.encode(), tier=tier).cues]


def test_the_long_form_gives_the_intervals_with_words() -> None:
    data = grid(("0", "0.5", '""'), ("0.5", "1.25", '"nói ""vâng"" <cười>\nnhỏ ! dần"'), name="từ")
    assert [(cue.start_ms, cue.end_ms, cue.text, cue.tier, cue.line) for cue in read(data.encode())] == [
        (500, 1250, 'nói "vâng" <cười>\nnhỏ ! dần', "từ", 20)
    ]


def test_the_short_form_gives_the_same() -> None:
    assert spans(short(INTERVALS)) == [(0, 1500, "xin chào"), (1500, 3000, "bà con")]
    assert spans(short(INTERVALS).replace("1.5\n", "1.5 ! giữa câu\n")) == spans(short(INTERVALS))


@pytest.mark.parametrize(
    ("number", "ms"), [("-0", 0), ("1e-05", 0), ("1e+0", 1000), ("1E0", 1000), ("0.25", 250), (".5", 500), ("+1.", 1000), ("-1e-9", 0)]
)
def test_every_number_that_praat_writes_is_read(number: str, ms: int) -> None:
    assert spans(grid((number, "1.5", '"xin chào"'), ("1.5", "1.6e+1", '"bà con"'))) == [(ms, 1500, "xin chào"), (1500, 16_000, "bà con")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    data = ("\ufeff" if encoding == "utf-16-be" else "") + short(INTERVALS)
    assert [cue.text for cue in read(data.encode(encoding))] == ["xin chào", "bà con"]


def test_points_last_until_the_next_one_and_a_note_says_so() -> None:
    assert spans(short(POINTS)) == [(500, 1000, "mở đầu"), (1000, 3000, "hát")]
    assert "tầng điểm" in read_file(short(INTERVALS, POINTS).encode(), tier="mốc").notes[0]
    assert read_file(short(INTERVALS, POINTS).encode(), tier="loi").notes == []


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (grid(("0", "1,5", '"x"')), 18, "thiếu một số"),
        (grid(("0", "--undefined--", '"x"')), 18, "thiếu một số"),
        (grid(("-0.5", "1", '"x"')), 16, "trước khi bản ghi bắt đầu"),
        (grid(("2", "1", '"x"')), 16, "không sau giờ bắt đầu"),
        (grid(("1e999", "1e999", '"x"')), 16, "đã hết"),
        (grid(("0", "1", "x")), 17, "ngoặc kép"),
        (short(INTERVALS).replace('"bà con"\n', ""), 17, "ngoặc kép"),
        (short(INTERVALS).replace("\n3\n2\n", "\n3\n1e999\n"), 12, "thiếu một số"),
        (short(INTERVALS).replace("IntervalTier", "PitchTier"), 8, "sai quanh đây"),
        ('"Praat chronological TextGrid text file"\n0 2 "TextGrid"', 0, "Save as text file"),
        ("ooBinaryFile\x08TextGrid\x00", 0, "Save as text file"),
        (short('"IntervalTier"\n"loi"\n0\n3\n1\n0\n3\n""'), 0, "không có câu nào"),
    ],
)
def test_what_does_not_fit_is_a_complaint_with_its_line(data: str, line: int, words: str) -> None:
    with pytest.raises(TrackError) as refused:
        read(data.encode())
    assert words in refused.value.message
    assert refused.value.errors[0].line == line
