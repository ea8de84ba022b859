"""Which words are marked, where, and which passage is shown."""

import unicodedata

import pytest

from search.query.clauses import highlight_for
from search.query.highlighting import Marker, marked_texts
from search.understanding import EmptyLexicon, NameAuthority, understand


def marked(query: str, text: str) -> list[str]:
    marker = Marker(highlight_for(understand(query, EmptyLexicon(), NameAuthority([]))))
    return [text[start:end] for start, end in marker.marks(text)]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("le hoi", "Lễ hội Gầu Tào", ["Lễ", "hội"]),
        ("lễ hội", "Lễ hội, lê và hoi", ["Lễ", "hội"]),
        ("Thải", "người Thái", ["Thái"]),
        ("hmong", "người H’Mông ở đó", ["H’Mông"]),
        ("hoà", "Hòa Bình", ["Hòa"]),
        ("ខ្មែរ", "ជនជាតិខ្មែរ", ["ខ្មែរ"]),
        ("喃", "𡨸喃漢字", ["喃"]),
        ("khác", "không có gì", []),
    ],
)
def test_the_words_of_the_query_are_marked_whole(query: str, text: str, words: list[str]) -> None:
    assert marked(query, text) == words


def test_marks_stand_right_in_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Người Mông mở hội Gầu Tào đầu năm")
    assert [unicodedata.normalize("NFC", word) for word in marked("gau tao", text)] == ["Gầu", "Tào"]


def test_pieces_give_the_text_back_unchanged() -> None:
    marker = Marker(highlight_for(understand("hoi", EmptyLexicon(), NameAuthority([]))))
    text = "<b>Hội</b> & hội"
    found = marked_texts(text, marker)
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.marked] == ["Hội", "hội"]


def test_the_snippet_with_the_most_different_words_is_shown_cut_at_spaces() -> None:
    marker = Marker(highlight_for(understand("nhà rông cao", EmptyLexicon(), NameAuthority([]))))
    text = "nhà " * 100 + "đây là nhà rông rất cao của làng " + "khác " * 100
    window = marker.best_window(text)
    assert "nhà rông rất cao" in window
    assert window.startswith("… ") and window.endswith(" …")
