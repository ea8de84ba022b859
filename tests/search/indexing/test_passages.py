"""Passages of timed text and of pages, and the exact second that a word opens."""

import pytest

from media_pipeline.models import Segment
from search.indexing.passages import LONGEST_PAGE, _paged, _timed, opening_second


def cue(order: int, start: int, end: int, text: str, speaker: str = "A") -> Segment:
    return Segment(order=order, start_ms=start, end_ms=end, text=text, speaker=speaker)


def test_neighbouring_cues_are_joined_up_to_twenty_seconds_and_never_across_speakers() -> None:
    cues = [cue(1, 0, 8_000, "một"), cue(2, 8_000, 19_000, "hai"), cue(3, 19_000, 25_000, "ba"), cue(4, 25_000, 26_000, "bốn", "B")]
    assert [(text, locator["start_ms"], locator["end_ms"]) for text, locator in _timed(cues)] == [
        ("một hai", 0, 19_000),
        ("ba", 19_000, 25_000),
        ("bốn", 25_000, 26_000),
    ]


@pytest.mark.parametrize(("word", "second"), [("một", 3), ("hai", 8), ("rưỡi", 8)])
def test_a_word_opens_the_second_of_its_cue(word: str, second: int) -> None:
    ((text, locator),) = _timed([cue(1, 3_500, 8_000, "một"), cue(2, 8_250, 12_000, "hai rưỡi")])
    assert opening_second(locator, text.index(word)) == second


def test_a_long_page_is_cut_at_paragraphs() -> None:
    paragraph = "chữ " * 150
    page = Segment(order=1, page=12, text="\n\n".join([paragraph.strip()] * 5))
    found = list(_paged([page]))
    assert [locator["page"] for _, locator in found] == [12, 12, 12]
    assert all(len(text.split()) <= LONGEST_PAGE for text, _ in found)
    assert " ".join(text.replace("\n\n", " ") for text, _ in found).split() == page.text.split()
