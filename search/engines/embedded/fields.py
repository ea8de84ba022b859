"""From a document to the fields of the embedded index, as plain values. It knows no search library."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from library.calendars.day_numbers import OPEN
from search.analysis import analysed, mended, parted, tier_texts
from search.engines.base import NAMING_FIELDS, PASSAGE_TIERS, RECORD_TIERS, SHOWN_FIELDS, PassageDocument, SearchDocument
from search.query.map_tiles import ZOOMS, tile_at

_ID_WIDTH = 20
NAMES_REMEMBERED = PLACES_REMEMBERED = 4_000
_NAME_TIERS = (*RECORD_TIERS["names"], "nospace")  # those of other names are among them
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


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
    texts = document.texts
    shown = {field: list(map(_mended_name if field in NAMING_FIELDS else mended, texts.get(field, ()))) for field in SHOWN_FIELDS}
    words = {facet_field(name): values for name, values in document.facets.items()}
    words |= {"access": document.access_tokens, "tile": tiles(document.location) if document.location else ()}
    words |= {f"sort_{name}": (f"{key}\x1f{document.id:0{_ID_WIDTH}d}",) for name, key in _sort_keys(document).items()}
    points = dict(zip(("latitude", "longitude"), document.location, strict=True)) if document.location else {}
    return Fields(_record_tokens(document), words, _numbers(document), points, _packed(shown))


def passage_fields(record_id: int, passage: PassageDocument) -> Fields:
    """A passage's document as fields of the index of passages."""
    stored = {"body": list(map(mended, passage.texts)), "kind": passage.kind, "locator": dict(passage.locator)}
    return Fields(
        tokens=_joined({"body": tier_texts((*PASSAGE_TIERS["body"], "nospace"), analysed(passage.texts))}, PASSAGE_TIERS),
        words={"access": passage.access_tokens},
        numbers={"id": record_id, "position": passage.position},
        points={},
        stored=_packed(stored),
    )


def unpacked(stored: bytes) -> dict:
    """What ``record_fields`` and ``passage_fields`` stored."""
    return json.loads(stored)


@lru_cache(maxsize=PLACES_REMEMBERED)
def tiles(location: tuple[float, float]) -> tuple[str, ...]:
    """The map tiles that hold a point, one for each zoom."""
    return tuple(tile_at(*location, zoom) for zoom in ZOOMS)


def _record_tokens(document: SearchDocument) -> dict[str, str]:
    by_field: dict[str, Mapping[str, str]] = {}
    for field, tiers in RECORD_TIERS.items():
        if texts := document.texts.get(field):
            words = document.words[field]
            by_field[field] = _names(texts) if field in NAMING_FIELDS else tier_texts((*tiers, "nospace"), parted(words))
    return _joined(by_field, RECORD_TIERS)


def _joined(by_field: Mapping[str, Mapping[str, str]], tiers: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The tokens of each tier of each field, and those of all fields together."""
    tokens = {field_name(field, tier): by_tier[tier] for field, by_tier in by_field.items() for tier in tiers[field]}
    folds = " ".join(by_tier["fold"] for by_tier in by_field.values())
    tokens["all_fold"] = " ".join(dict.fromkeys(folds.split()))
    tokens["nospace"] = " ".join(filter(None, (by_tier["nospace"] for by_tier in by_field.values())))
    return {name: value for name, value in tokens.items() if value}


def _names(texts: Sequence[str]) -> dict[str, str]:
    """Names of peoples, places and languages stand in many records and are analysed once."""
    columns = zip(*map(_name, texts), strict=True)
    return {tier: " ".join(filter(None, column)) for tier, column in zip(_NAME_TIERS, columns, strict=True)}


@lru_cache(maxsize=NAMES_REMEMBERED)
def _name(text: str) -> tuple[str, ...]:
    tokens = tier_texts(_NAME_TIERS, analysed((text,)))
    return tuple(tokens[tier] for tier in _NAME_TIERS)


_mended_name = lru_cache(maxsize=NAMES_REMEMBERED)(mended)


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
    return _ENCODER.encode(values).encode()
