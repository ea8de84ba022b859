"""From a document to the fields of the embedded index, as plain values. It knows no search library."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from library.calendars.day_numbers import OPEN
from search.analysis import RECURRING_REMEMBERED, Keys, keys_of, keys_of_recurring, mended, parted, tier_texts
from search.engines.base import LONGEST_RECURRING, PASSAGE_TIERS, RECORD_TIERS, SHOWN_FIELDS, PassageDocument, SearchDocument
from search.query.map_tiles import ZOOMS, tile_at
from search.semantic.vectors import packed

_ID_WIDTH = 20
PLACES_REMEMBERED = 4_000
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
Row = tuple[str, ...]  # the tokens of a text in each tier of its field, and last its clusters


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one document by field name, each with the kind of field it goes to."""

    tokens: Mapping[str, str]  # tokens separated by spaces
    words: Mapping[str, tuple[str, ...]]  # raw values
    numbers: Mapping[str, int]
    points: Mapping[str, float]
    stored: bytes
    vector: bytes = b""


def text_fields(tiers: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Names of the fields of tokens of an index."""
    return [*(field_name(field, tier) for field, kept in tiers.items() for tier in kept), "all_fold", "nospace"]


def field_name(field: str, tier: str) -> str:
    """Where a tier of a text field lives."""
    return tier if field == tier else f"{field}_{tier}"


_RECORD_FIELDS, _PASSAGE_FIELDS = (
    {field: tuple(field_name(field, tier) for tier in kept) for field, kept in tiers.items()} for tiers in (RECORD_TIERS, PASSAGE_TIERS)
)


def facet_field(name: str) -> str:
    """Where the values of a facet live."""
    return f"facet_{name}"


def record_fields(document: SearchDocument) -> Fields:
    """A record's document as fields of the index of records."""
    shown = {field: _shown(field, document.texts.get(field, ())) for field in SHOWN_FIELDS}
    words = {facet_field(name): values for name, values in document.facets.items()}
    words |= {"access": document.access_tokens, "tile": tiles(document.location) if document.location else ()}
    words |= {f"sort_{name}": (f"{key}\x1f{document.id:0{_ID_WIDTH}d}",) for name, key in _sort_keys(document).items()}
    points = dict(zip(("latitude", "longitude"), document.location, strict=True)) if document.location else {}
    vector = packed(document.vector) if document.vector else b""
    return Fields(_record_tokens(document), words, _numbers(document), points, _packed(shown), vector)


def passage_fields(record_id: int, passage: PassageDocument) -> Fields:
    """A passage's document as fields of the index of passages."""
    stored = {"body": list(map(mended, passage.texts)), "kind": passage.kind, "locator": dict(passage.locator)}
    return Fields(
        tokens=_joined({"body": [_row(PASSAGE_TIERS["body"], map(keys_of, passage.texts))]}, _PASSAGE_FIELDS),
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
    rows = {field: _rows(field, texts, document.words[field]) for field in RECORD_TIERS if (texts := document.texts.get(field))}
    return _joined(rows, _RECORD_FIELDS)


def _rows(field: str, texts: Sequence[str], words: Sequence[Sequence[Keys]]) -> list[Row]:
    """The tokens of a field's texts: one by one where some stand in many records, since those are worked out only once."""
    tiers, longest = RECORD_TIERS[field], LONGEST_RECURRING[field]
    if not longest:
        return [_row(tiers, words)]
    read = zip(texts, words, strict=True)
    return [_recurring_row(field, text) if len(text) <= longest else _row(tiers, [keys]) for text, keys in read]


@lru_cache(maxsize=RECURRING_REMEMBERED)
def _recurring_row(field: str, text: str) -> Row:
    return _row(RECORD_TIERS[field], [keys_of_recurring(text)])


def _row(tiers: Sequence[str], words: Iterable[Sequence[Keys]]) -> Row:
    kept = (*tiers, "nospace")
    return tuple(map(tier_texts(kept, parted(words)).__getitem__, kept))


def _joined(rows_of: Mapping[str, Sequence[Row]], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The tokens of each tier of each field by their names, and those of all fields together."""
    tokens: dict[str, str] = {}
    clusters: list[str] = []
    for field, rows in rows_of.items():
        *columns, last = rows[0] if len(rows) == 1 else [" ".join(filter(None, column)) for column in zip(*rows, strict=True)]
        tokens |= zip(names[field], columns, strict=True)
        clusters.append(last)
    folds = " ".join([tokens[field_name(field, "fold")] for field in rows_of])
    tokens["all_fold"] = " ".join(dict.fromkeys(folds.split()))
    tokens["nospace"] = " ".join(filter(None, clusters))
    return {name: value for name, value in tokens.items() if value}


def _shown(field: str, texts: Sequence[str]) -> list[str]:
    longest = LONGEST_RECURRING[field]
    return [_mended_recurring(text) if len(text) <= longest else mended(text) for text in texts]


_mended_recurring = lru_cache(maxsize=RECURRING_REMEMBERED)(mended)


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
