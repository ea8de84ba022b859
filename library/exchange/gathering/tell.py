"""One record told in the way of a format."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from library.access import field_level
from library.records.access.consents import readable_profile
from library.records.models import Record, RecordMedia
from library.records.profiles import DisplayRow, display_rows, profile
from media_pipeline import derivative_names as names

from ..columns.column import Column
from ..columns.every_type import CORE_COLUMNS
from ..formats.format import Entry
from ..formats.tables import BESIDE, exported_columns
from .batch import Batch
from .content import content_of, originals_of
from .inventory import inventory_values, nearest_template
from .values import Values

DIVIDERS = re.compile(r"\s*[;\n]\s*")
IN_OWN = re.compile(r"\s*;\s*")
WIDEST_PICTURE = 1280  # pixels: sharp on paper at the width of a page
JPEG = "jpg"


def tell_all(batch: Batch, way: str) -> Iterator[Entry]:
    """The records of a batch, each as JSON. ``way``: "cells", "content", "bag", "sheet" or "inventory"."""
    values = Values(batch)
    for record in batch.records:
        yield {"type": profile(record.record_type).code, **_WAYS[way](record, batch, values)}


def _cells(record: Record, batch: Batch, values: Values) -> Entry:
    cells = [_joined(column, values.of(record, column)) for column in exported_columns(record.record_type)]
    files = "; ".join(link.asset.display_name for link in batch.files(record))
    return {"cells": [*cells, record.state_label, files]}


def _joined(column: Column, texts: list[str]) -> str:
    """One cell. What divides values is written as a comma inside a value."""
    if not column.many:
        return next(iter(texts), "")
    divider = IN_OWN if column.kind.startswith("own_") else DIVIDERS
    return "; ".join(divider.sub(", ", text.strip()) for text in texts) if any(texts) else ""


def _sheet(record: Record, batch: Batch, values: Values) -> Entry:
    facts: list[tuple[str, list[str]]] = [(str(record._meta.verbose_name), [record.type_label])]
    facts += [(str(column), values.of(record, column)) for column in CORE_COLUMNS if column.kind not in BESIDE]
    facts += _own_facts(_own_rows(record, batch))
    pictures = [picture for link in batch.files(record) if (picture := _picture(link))]
    return {"title": record.title, "facts": [fact for fact in facts if any(fact[1])], "pictures": pictures}


def _inventory(record: Record, batch: Batch, values: Values) -> Entry:
    columns = {column.key: column for column in CORE_COLUMNS}
    told = inventory_values(
        record,
        lambda key: "; ".join(filter(None, values.of(record, columns[key]))),
        [row for row in _own_rows(record, batch) if row.type != "media"],
        lambda row: "; ".join(map(_shown, row.values)),
    )
    return {"template": nearest_template(values.sheet_templates, record.office.path), "values": told}


def _own_rows(record: Record, batch: Batch) -> list[DisplayRow]:
    """The own fields that the person may read, in words."""
    own, level = readable_profile(record, batch.viewer), field_level(batch.viewer, record)
    return display_rows(own, record.details, level, lambda row: not isinstance(row, Record) or row.pk in batch.named)


def _own_facts(rows: list[DisplayRow]) -> list[tuple[str, list[str]]]:
    return [(row.label, [_shown(value) for value in row.values if value.asset_id is None]) for row in rows]


def _shown(value: Any) -> str:
    """The words of a value; of one with parts, each part on a line."""
    return value.text or "\n".join(f"{part.label}: {', '.join(map(_shown, part.values))}" for part in value.rows)


def _picture(link: RecordMedia) -> dict[str, str] | None:
    """The JPEG that fits a page best, as readers get it: originals may hold a place or a name."""
    jpegs = []
    for derivative in link.asset.current:
        try:
            name = names.read_picture(derivative.name)
        except ValueError:
            continue
        if name.image_format == JPEG and (name.stem in (names.IMAGE, names.POSTER) or name.stem == names.page_stem(1)):
            jpegs.append((name.width > WIDEST_PICTURE, -name.width, derivative.blob.key))
    if not jpegs:
        return None
    return {"key": min(jpegs)[2], "alt": link.alt_vi, "caption": " · ".join(filter(None, (link.caption_vi, link.credit)))}


def _content(record: Record, batch: Batch, values: Values) -> Entry:
    return {"content": content_of(record, batch, with_originals=False)}


def _bag(record: Record, batch: Batch, values: Values) -> Entry:
    return {"content": content_of(record, batch, with_originals=True), "originals": originals_of(record, batch)}


_WAYS: dict[str, Callable[[Record, Batch, Values], Entry]] = {
    "cells": _cells,
    "sheet": _sheet,
    "content": _content,
    "bag": _bag,
    "inventory": _inventory,
}
