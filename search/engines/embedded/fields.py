"""From a document to the fields of the embedded index, as plain values. It knows no search library."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from library.calendars.day_numbers import OPEN
from search.analysis import analysed, mended, tier_texts
from search.engines.base import PASSAGE_TIERS, RECORD_TIERS, SHOWN_FIELDS, PassageDocument, SearchDocument
from search.query.map_tiles import ZOOMS, tile_at

_ID_WIDTH = 20
NAMES_REMEMBERED = 4_000


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one document by field name, each with the kind of field it goes to."""

    tokens: Mapping[str, str]  # tokens separated by spaces
    words: Mapping[str, tuple[str, ...]]  # raw values
    numbers: Mapping[str, int]
    points: Mapping[str, float]
    stored: bytes


def text_fields(tiers: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names of the fields of tokens of an index."""
    return [*(field_name(field, tier) for field, kept in tiers.items() for tier in kept), "all_fold", "nospace"]


def field_name(field: str, tier: str) -> str:
    """Where a tier of a text field lives."""
    return tier if field == tier else f"{field}_{tier}"


def facet_field(name: str) -> str:
    """Where the values of a facet live."""
    return f"facet_{name}"


def record_fields(document: SearchDocument) -> Fields:
    """A record's document as fields of the index of records."""
    shown = {field: [mended(text) for text in document.texts.get(field, ())] for field in SHOWN_FIELDS}
    words = {facet_field(name): values for name, values in document.facets.items()}
    words |= {"access": document.access_tokens, "tile": tuple(tiles(document.location)) if document.location else ()}
    words |= {f"sort_{name}": (f"{key}\x1f{document.id:0{_ID_WIDTH}d}",) for name, key in _sort_keys(document).items()}
    points = dict(zip(("latitude", "longitude"), document.location, strict=True)) if document.location else {}
    return Fields(_tokens(RECORD_TIERS, document.texts), words, _numbers(document), points, _packed(shown))


def passage_fields(record_id: int, passage: PassageDocument) -> Fields:
    """A passage's document as fields of the index of passages."""
    stored = {"body": list(map(mended, passage.texts)), "kind": passage.kind, "locator": dict(passage.locator)}
    return Fields(
        tokens=_tokens(PASSAGE_TIERS, {"body": passage.texts}),
        words={"access": passage.access_tokens},
        numbers={"id": record_id, "position": passage.position},
        points={},
        stored=_packed(stored),
    )


def unpacked(stored: bytes) -> dict:
    """What ``record_fields`` and ``passage_fields`` stored."""
    return json.loads(stored)


def tiles(location: tuple[float, float]) -> list[str]:
    """The map tiles that hold a point, one for each zoom."""
    return [tile_at(*location, zoom) for zoom in ZOOMS]


def _tokens(tiers: Mapping[str, tuple[str, ...]], texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    tokens: dict[str, str] = {}
    folds, clusters = [], []
    for field, field_tiers in tiers.items():
        if texts.get(field):
            by_tier = (_names if field == "names" else _prose)((*field_tiers, "nospace"), texts[field])
            tokens |= {field_name(field, tier): by_tier[tier] for tier in field_tiers}
            folds.append(by_tier["fold"])
            clusters.append(by_tier["nospace"])
    tokens["all_fold"] = " ".join(dict.fromkeys(" ".join(folds).split()))
    tokens["nospace"] = " ".join(filter(None, clusters))
    return {name: value for name, value in tokens.items() if value}


def _prose(tiers: tuple[str, ...], texts: Sequence[str]) -> Mapping[str, str]:
    return tier_texts(tiers, analysed(texts))


def _names(tiers: tuple[str, ...], texts: Sequence[str]) -> Mapping[str, str]:
    """As ``_prose``; names of peoples, places and languages stand in many records and are analysed once."""
    names = [_name(tiers, text) for text in texts]
    return {tier: " ".join(filter(None, map(itemgetter(tier), names))) for tier in tiers}


@lru_cache(maxsize=NAMES_REMEMBERED)
def _name(tiers: tuple[str, ...], text: str) -> Mapping[str, str]:
    return _prose(tiers, (text,))


def _numbers(document: SearchDocument) -> dict[str, int]:
    numbers: dict[str, int | None] = {
        "id": document.id,
        "first_day": document.first_day,
        "last_day": document.last_day,
        "open_from": document.open_from.toordinal() if document.open_from else None,
        "open_until": document.open_until.toordinal() if document.open_until else None,
    }
    return {name: number for name, number in numbers.items() if number is not None}


def _sort_keys(document: SearchDocument) -> dict[str, str]:
    return {
        "title": document.title_sort,
        "newest": document.updated,
        "date": f"{(OPEN if document.first_day is None else document.first_day) + OPEN:014d}",
    }


def _packed(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()
