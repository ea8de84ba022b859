"""The characters of the written languages of Vietnam, as data with reasons; it knows no text, no word and no engine.

Source of every rule: the design of the search, section 3 (normalisation) and section 4 (scripts without spaces).
"""

import re
import unicodedata

# A tone is a mark of the word; the five marks and the signs that stand for them in a stored key. The signs are of Unicode
# category No, which never occurs in a word: a digit would make "ài" equal to "ai2".
TONE_SIGNS = {"\u0300": "¹", "\u0301": "²", "\u0303": "³", "\u0309": "⁴", "\u0323": "⁵"}
# A tone mark is a tone only on these; on any other letter (ñ, ŏ, č) it belongs to the letter.
VOWELS = frozenset("aăâeêioôơuưy")
# The plain vowel and the mark of shape that make the other six.
SHAPED_VOWELS = {
    "ă": "a\u0306",
    "â": "a\u0302",
    "ê": "e\u0302",
    "ô": "o\u0302",
    "ơ": "o\u031b",
    "ư": "u\u031b",
}

# Quotation marks, primes and modifier letters typed in the names H'Mông, K'Ho, M'nông, Cư M'gar.
APOSTROPHES = "\u0027\u2019\u02bc\u2018\u02bb\u02b9\u0060\u00b4\u2032\uff07\ua78c"
# What Elasticsearch can delete by itself, and what only the application deletes.
INVISIBLE = "\u00ad\u200b\u200c\ufeff"
INVISIBLE_APP_ONLY = "\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Capital and small letters of other languages that look like Đ and đ.
WRONG_D = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

# i and y are two spellings of one sound in these whole words, and in no others (bare y, thy, vy, nghy stay apart).
I_FOR_Y = {"quy": "qui"} | {f"{letter}y": f"{letter}i" for letter in "hklmst"}
# Latin letters that Unicode does not decompose.
FOLDED_LETTERS = {
    "đ": "d", "ƀ": "b", "ɓ": "b", "ɗ": "d", "ŋ": "n", "ħ": "h", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
}  # fmt: skip

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, New Tai Lue, Tai Tham, Khmer signs, Tai Viet, Han with all
# extensions, Kana, and the private-use planes of Nôm fonts.
NO_SPACE_RANGES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF), (0x2E80, 0x2FDF), (0x3005, 0x3007),
    (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAA80, 0xAADF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFF),
)  # fmt: skip
# Of those, what Unicode does not count as letters: radicals, and the private use planes.
LETTERS_BY_USE = ((0x2E80, 0x2FDF), (0xF0000, 0x10FFFF))
KHMER_COENG = "\u17d2"  # keeps the next consonant in its cluster


# Outside these planes no character has a category that is asked for below.
CODES = (*range(0x20000), *range(0xE0100, 0xE01F0))
CATEGORIES = [unicodedata.category(chr(code)) for code in CODES]  # read once: it takes time at each start of a process


def _ranges(*categories: str) -> str:
    """Every character of these Unicode categories as the inside of a regular expression's class."""
    codes = [code for code, category in zip(CODES, CATEGORIES, strict=True) if category in categories]
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


def span_class(spans: tuple[tuple[int, int], ...]) -> str:
    """Ranges of code points as the inside of a regular expression's class."""
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


MARKS = _ranges("Mn", "Mc", "Me")
OTHER_NUMBERS = _ranges("No")  # superscripts and fractions are no digits; they part words
NO_SPACE = re.compile(f"[{span_class(NO_SPACE_RANGES)}]")
# Letters, digits and marks with what may stand unseen between them. Python's \w also takes "_" and category No: words.py parts there.
RUN = re.compile(rf"[\w{MARKS}{APOSTROPHES}{INVISIBLE}{INVISIBLE_APP_ONLY}{span_class(LETTERS_BY_USE)}]+")
PART = re.compile(f"[^_{OTHER_NUMBERS}]+")
GRAPHEME = re.compile(f"[^{MARKS}][{MARKS}]*|[{MARKS}]+")
CLUSTER = re.compile(f"[^{MARKS}](?:{KHMER_COENG}[^{MARKS}]|[{MARKS}])*|[{MARKS}]+")
