"""Analysers of the Elasticsearch index, generated: what its built-in parts can do so that direct loads stay right. Pure.

Agrees with search.analysis; where the two may differ is said in the search design, section 13. Keys are written as escapes:
Elasticsearch trims bare spaces in the rules of a mapping.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any
from unicodedata import normalize

from search.analysis import LONGEST_GLUE, LONGEST_PREFIX
from search.analysis.characters import APOSTROPHES, I_FOR_Y, INVISIBLE, SHAPED_VOWELS, TONE_SIGNS, VOWELS, WRONG_D

PUNCTUATION = "_.,:;·‧\u2024\u2044\u202f\u203f\u2040\u2054"  # the standard tokenizer keeps words with these whole
_TONES = tuple(TONE_SIGNS)
_VOWELS = sorted(VOWELS)
_CASES = (str.lower, str.upper)
Rules = dict[str, str]


def norm_rules() -> Rules:
    """Rules of ``vi_norm``: one spelling for each word, its marks kept."""
    return _shapes() | _toned_letters() | _tone_placement() | _o_before_shaped() | _y_after_qu() | _unseen_and_wrong()


def norm_notone_rules() -> Rules:
    """Rules of ``vi_norm_notone``: the same without tones."""
    bare = {typed: _toneless(letter) for typed, letter in _toned_letters().items()}
    composed = {_letter(vowel, tone): vowel for vowel, tone in _toned()}
    return _shapes() | bare | composed | _unseen_and_wrong()


def char_filters() -> dict[str, Any]:
    """The char filters of the index settings."""
    return {
        "vi_norm": _mapping(norm_rules()),
        "vi_norm_notone": _mapping(norm_notone_rules()),
        "vi_punct": _mapping(dict.fromkeys(PUNCTUATION, " ")),
    }


def token_filters() -> dict[str, Any]:
    """The token filters of the index settings."""
    beginnings = "|".join(sorted(word[:-1] for word in I_FOR_Y))
    swaps = {
        f"vi_iy_{place}": _replace(f"^({beginnings}){normalize('NFC', 'y' + tone)}$", f"$1{normalize('NFC', 'i' + tone)}")
        for place, tone in enumerate(("", *_TONES))
    }
    return swaps | {
        "strip_marks": _replace("[\u0300-\u036f]", ""),
        "no_digits": _replace(r".*\p{Nd}.*", ""),
        "not_empty": {"type": "length", "min": 1},
        "pairs": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": False, "token_separator": "_"},
        "glued": {
            "type": "shingle",
            "min_shingle_size": 2,
            "max_shingle_size": LONGEST_GLUE,
            "output_unigrams": True,
            "token_separator": "",
        },
        "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST_PREFIX},
        "beginning": {"type": "truncate", "length": LONGEST_PREFIX},
    }


def analyzers() -> dict[str, Any]:
    """The analyzers of the index settings, one for each tier."""
    all_swaps = [f"vi_iy_{place}" for place in range(len(_TONES) + 1)]
    folding = ["lowercase", "asciifolding", "lowercase", "strip_marks"]
    return {
        "vi_exact": _analyzer("vi_norm", "lowercase", *all_swaps),
        "vi_notone": _analyzer("vi_norm_notone", "lowercase", *all_swaps),
        "vi_fold": _analyzer("vi_norm_notone", *folding, "vi_iy_0"),
        "vi_exact2": _analyzer("vi_norm", "lowercase", *all_swaps, "pairs"),
        "vi_notone2": _analyzer("vi_norm_notone", "lowercase", *all_swaps, "pairs"),
        "vi_fold2": _analyzer("vi_norm_notone", *folding, "vi_iy_0", "pairs"),
        "vi_prefix": _analyzer("vi_norm_notone", *folding, "beginnings"),
        "vi_prefix_q": _analyzer("vi_norm_notone", *folding, "beginning"),
        "vi_prefix_exact": _analyzer("vi_norm", "lowercase", "beginnings"),
        "vi_prefix_exact_q": _analyzer("vi_norm", "lowercase", "beginning"),
        "vi_glue": _analyzer("vi_norm_notone", *folding, "vi_iy_0", "glued", "no_digits", "not_empty"),
        "ws": {"type": "custom", "tokenizer": "whitespace"},
    }


def _toned() -> Iterator[tuple[str, str]]:
    """Every vowel in both cases with every tone."""
    yield from ((case(vowel), tone) for vowel, tone, case in product(_VOWELS, _TONES, _CASES))


def _letter(vowel: str, tone: str) -> str:
    return normalize("NFC", vowel + tone)


def _toneless(letter: str) -> str:
    return normalize("NFC", "".join(part for part in normalize("NFD", letter) if part not in TONE_SIGNS))


def _encodings(vowel: str, tone: str) -> list[str]:
    """Every way to write a toned vowel with at least one combining mark: each order of letter, mark of shape and tone."""
    base, shape = normalize("NFD", vowel)[0], normalize("NFD", vowel)[1:]
    if not shape:
        return [vowel + tone]
    return [vowel + tone, base + shape + tone, base + tone + shape, _letter(base, tone) + shape]


def _shapes() -> Rules:
    return {case(parts): case(vowel) for vowel, parts in SHAPED_VOWELS.items() for case in _CASES}


def _toned_letters() -> Rules:
    return {typed: _letter(vowel, tone) for vowel, tone in _toned() for typed in _encodings(vowel, tone)}


def _tone_placement() -> Rules:
    """hoà, khoẻ, thuỷ → hòa, khỏe, thủy; also inside longer words, so that both spellings become one internal form."""
    rules: Rules = {}
    for (first, second), tone in product((("o", "a"), ("o", "e"), ("u", "y")), _TONES):
        for one, two in product((first, first.upper()), (second, second.upper())):
            target = _letter(one, tone) + two
            rules |= dict.fromkeys((one + _letter(two, tone), one + two + tone, one + tone + two), target)
    return rules


def _o_before_shaped() -> Rules:
    """Keeps a decomposed "hoặc" from becoming "họăc": the longest rule wins."""
    pairs = product("oO", "ăâê", _CASES, _TONES)
    return {o + typed: o + _letter(case(vowel), tone) for o, vowel, case, tone in pairs for typed in _encodings(case(vowel), tone)}


def _y_after_qu() -> Rules:
    """quý → quí; must come before the placement of tones sees "uý"."""
    rules: Rules = {}
    for q, u, y, tone in product("qQ", "uU", "yY", ("", *_TONES)):
        target = q + u + _letter("i" if y == "y" else "I", tone)
        rules |= {q + u + typed: target for typed in (_letter(y, tone), y + tone)}
    return rules


def _unseen_and_wrong() -> Rules:
    return dict.fromkeys(APOSTROPHES + INVISIBLE, "") | WRONG_D


def _mapping(rules: Rules) -> dict[str, Any]:
    return {"type": "mapping", "mappings": [f"{_escaped(typed)} => {_escaped(written)}" for typed, written in rules.items()]}


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(character):04X}" for character in text)


def _replace(pattern: str, replacement: str) -> dict[str, str]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}


def _analyzer(char_filter: str, *filters: str) -> dict[str, Any]:
    return {"type": "custom", "char_filter": [char_filter, "vi_punct"], "tokenizer": "standard", "filter": list(filters)}
