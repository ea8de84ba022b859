"""ELAN: interlinear files come in whole; what has no time is a complaint with its line."""

import pytest

from media_pipeline.tracks.cues import Cue, TrackError
from media_pipeline.tracks.importing import read, read_file

SLOTS = {"ts1": 1000, "ts2": 2000, "ts3": 2000, "ts4": 3500}


def aligned(key: str, start: str, end: str, words: str) -> str:
    value = f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>"
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{key}" TIME_SLOT_REF1="{start}" TIME_SLOT_REF2="{end}">{value}'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
    )


def referring(key: str, parent: str, words: str, previous: str = "") -> str:
    before = f' PREVIOUS_ANNOTATION="{previous}"' if previous else ""
    value = f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE>"
    return f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{key}" ANNOTATION_REF="{parent}"{before}>{value}</REF_ANNOTATION></ANNOTATION>\n'


def tier(name: str, *annotations: str, speaker: str = "") -> str:
    return f'<TIER TIER_ID="{name}" PARTICIPANT="{speaker}">\n{"".join(annotations)}</TIER>\n'


def elan(*tiers: str, slots: dict[str, int | None] | None = None, media: str = "", units: str = "milliseconds") -> bytes:
    times = (
        f'<TIME_SLOT TIME_SLOT_ID="{key}"' + (f' TIME_VALUE="{value}"' if value is not None else "") + "/>"
        for key, value in (slots or SLOTS).items()
    )
    head = f'<HEADER TIME_UNITS="{units}"><MEDIA_DESCRIPTOR MEDIA_URL="file:///a.wav" {media}/></HEADER>'
    document = f"<ANNOTATION_DOCUMENT>{head}<TIME_ORDER>{''.join(times)}</TIME_ORDER>\n{''.join(tiers)}</ANNOTATION_DOCUMENT>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


SENTENCES = tier("cau", aligned("a1", "ts1", "ts2", "kuk yang mus"), aligned("a2", "ts3", "ts4", "koj nyob"))


def spans(data: bytes, name: str) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in read_file(data, tier=name).cues]


def test_tiers_keep_their_names_and_speakers_and_translations_take_the_times_of_what_they_translate() -> None:
    data = elan(
        tier("hmn", aligned("a1", "ts1", "ts2", "nyob zoo"), speaker="Vàng A Páo"), tier("vi", referring("a2", "a1", "xin &lt;chào&gt;"))
    )
    assert read(data) == [
        Cue(1000, 2000, "nyob zoo", "Vàng A Páo", 4, "hmn"),
        Cue(1000, 2000, "xin <chào>", "", 7, "vi"),
    ]
    assert "“hmn”, “vi”" in read_file(data).notes[0]


def test_words_under_a_sentence_share_its_time_in_their_order() -> None:
    words = tier("tu", referring("a6", "a1", "yang", "a5"), referring("a5", "a1", "kuk"), referring("a7", "a1", "mus", "a6"))
    expected = [(1000, 1333, "kuk"), (1333, 1666, "yang"), (1666, 2000, "mus")]
    assert spans(elan(SENTENCES, words), "tu") == expected
    assert spans(elan(words, SENTENCES), "tu") == expected
    assert spans(elan(SENTENCES, words), "cau") == [(1000, 2000, "kuk yang mus"), (2000, 3500, "koj nyob")]
    glosses = tier("nghia", referring("a9", "a6", "lấy"))
    assert spans(elan(glosses, words, SENTENCES), "nghia") == [(1333, 1666, "lấy")]


def test_a_child_may_stand_before_its_parent() -> None:
    assert spans(elan(tier("dich", referring("a3", "a1", "tôi đi"), referring("a4", "a2", "anh ở")), SENTENCES), "dich") == [
        (1000, 2000, "tôi đi"),
        (2000, 3500, "anh ở"),
    ]


def test_slots_without_a_time_are_spread_between_the_known_ones_of_their_chain() -> None:
    slots = {"ts1": 1000, "x1": None, "y1": None, "x2": None, "other": 1100, "ts2": 1900}
    words = tier("tu", aligned("a1", "ts1", "x1", "một"), aligned("a2", "x1", "x2", "hai"), aligned("a3", "x2", "ts2", "ba"))
    sounds = tier("am", aligned("a4", "ts1", "y1", "m"), aligned("a5", "y1", "x1", "ôt"))
    data = elan(sounds, words, tier("cau", aligned("a0", "ts1", "ts2", "một hai ba")), slots=slots)
    assert spans(data, "tu") == [(1000, 1300, "một"), (1300, 1600, "hai"), (1600, 1900, "ba")]
    assert spans(data, "am") == [(1000, 1150, "m"), (1150, 1300, "ôt")]


def test_the_order_of_annotations_in_a_tier_means_nothing() -> None:
    data = elan(tier("cau", aligned("a2", "ts3", "ts4", "sau"), aligned("a1", "ts1", "ts2", "trước")))
    assert [text for _start, _end, text in spans(data, "cau")] == ["trước", "sau"]


def test_a_recording_that_begins_later_is_told() -> None:
    reading = read_file(elan(SENTENCES, media='TIME_ORIGIN="5000"'))
    assert "5000" in reading.notes[0]
    assert reading.cues[0].start_ms == 1000
    assert read_file(elan(SENTENCES, media='TIME_ORIGIN="0"')).notes == []


def test_only_the_tier_that_is_asked_for_is_checked() -> None:
    bad = tier("hong", aligned("b1", "ts1", "nowhere", "mất giờ"), aligned("b2", "ts2", "ts1", "ngược"))
    assert len(spans(elan(SENTENCES, bad), "cau")) == 2
    with pytest.raises(TrackError) as refused:
        read(elan(SENTENCES, bad))
    assert [each.line for each in refused.value.errors] == [8, 9]
    assert "“hong”, mục b1" in refused.value.message


def test_a_tier_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(TrackError) as refused:
        read_file(elan(SENTENCES), tier="câu")
    assert "“cau”" in refused.value.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (elan(tier("t", referring("a1", "a2", "x"), referring("a2", "a1", "y"))), "không tìm được giờ"),
        (elan(tier("t", referring("a1", "gone", "x"))), "không tìm được giờ"),
        (elan(tier("t", aligned("a1", "ts1", "ts2", "x"), aligned("a1", "ts3", "ts4", "y"))), "hai mục cùng một mã"),
        (elan(tier("t", aligned("a1", "ts1", "ts2", "x")), units="PAL-frames"), "mili giây"),
        (b'<?xml version="1.0"?><ANNOTATION_DOCUMENT>\n<TIER>', "XML sai"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><ANNOTATION_DOCUMENT>&a;</ANNOTATION_DOCUMENT>', "DTD"),
    ],
)
def test_what_cannot_be_read_is_a_complaint(data: bytes, words: str) -> None:
    with pytest.raises(TrackError) as refused:
        read(data)
    assert words in refused.value.message


def test_empty_annotations_are_nothing_to_lose() -> None:
    assert len(spans(elan(SENTENCES, tier("d", referring("a3", "a1", " "))), "")) == 2
