"""What differs between two versions of a record, field by field, in the words of its form: labels for codes, dates in words, no "None"."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from library.access import STAFF, Viewer, can_see
from library.calendars.edtf_dates import wording
from library.records.models import Record
from library.records.profiles import DisplayRow, DisplayValue, display_rows, profile
from library.records.profiles.display import is_public
from media_pipeline.models import Asset

FIELDS = (
    *("title_vi", "title_en", "summary_vi", "summary_en", "summary_reviewed", "groups", "subgroups", "communities", "places"),
    *("former_units", "place_recorded", "languages", "scripts", "unesco_domains", "tags", "vitality", "collected_at", "confidence"),
    *("office", "own_access", "rights", "rights_holder", "credit", "warnings", "go_live_at", "expire_at"),
)
UNSHOWN = {"id", "record", "sort_order"}
TOKEN = re.compile(r"\S+\s*|\s+")  # a space belongs to its word: it would match every other one
LONGEST_COMPARED = 10_000  # words; of a longer text all of the old and all of the new version is shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: ``kind`` is ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field whose value changed, as text before and after, and the pieces of both in reading order."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The text with what was removed and what was added, by words."""
        return list(_pieces(self.before, self.after))


def differences(before: Record | None, after: Record, viewer: Viewer) -> list[Difference]:
    """What changed from one version to the other, in the order of the form. Without an earlier version everything that is filled in.

    Records that ``viewer`` may not see are not named.
    """
    old = dict(values_in_words(before, viewer)) if before is not None else {}
    new = dict(values_in_words(after, viewer))
    labels = list(dict.fromkeys([*new, *old]))
    return [Difference(label, old.get(label, ""), new.get(label, "")) for label in labels if old.get(label, "") != new.get(label, "")]


def values_in_words(record: Record, viewer: Viewer) -> Iterator[tuple[str, str]]:
    """(label, text) of every field that is filled in."""
    for name in FIELDS:
        field: Any = record._meta.get_field(name)
        text = _plural(record, name) if field.many_to_many or name == "tags" else _single(record, field, viewer)
        if text:
            yield _upper(str(field.verbose_name)), text
    yield from details_in_words(record, lambda target: _name(target, viewer) == str(target))
    for relation in get_all_child_relations(Record):
        rows = [text for each in getattr(record, relation.get_accessor_name()).all() if (text := _child_text(each, viewer))]
        if rows and relation.related_model._meta.model_name != "recordtag":
            yield _upper(str(relation.related_model._meta.verbose_name_plural)), "\n".join(rows)


def details_in_words(record: Record, visible: Callable[[Any], bool] = is_public) -> Iterator[tuple[str, str]]:
    """(label, text) of every filled-in field of the record's own profile; ``visible`` decides which linked records are named."""
    for row in display_rows(profile(record.record_type), record.details, STAFF, visible=visible):
        yield row.label, _row_text(row)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plural(record: Record, name: str) -> str:
    return ", ".join(sorted(str(each) for each in getattr(record, name).all()))


def _name(target: Any, viewer: Viewer) -> str:
    """The name of what is linked; a record that the viewer may not see has none."""
    hidden = isinstance(target, Record) and not can_see(viewer, target)
    return _("(tư liệu không mở cho bạn)") if hidden else str(target)


def _single(instance: Any, field: Any, viewer: Viewer) -> str:
    """The value of a field that has one value, in words."""
    value = getattr(instance, field.name)
    if value is None or value == "":
        return ""
    if field.name == "edtf":
        return wording(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value) if is_aware(value) else value, "SHORT_DATETIME_FORMAT")
    return str(localize(value)) if isinstance(value, datetime.date) else _name(value, viewer).replace("\r\n", "\n").strip()


def _child_text(row: Any, viewer: Viewer) -> str:
    fields = [field for field in row._meta.concrete_fields if field.name not in UNSHOWN]
    return ", ".join(text for field in fields if (text := _single(row, field, viewer)))


def _row_text(row: DisplayRow) -> str:
    return "\n".join(text for value in row.values if (text := _value_text(value)))


def _value_text(value: DisplayValue) -> str:
    if value.rows:
        return "; ".join(f"{row.label}: {_row_text(row)}" for row in value.rows)
    if value.asset_id is not None:
        return str(Asset.objects.filter(pk=value.asset_id).first() or "")
    return value.text.replace("\r\n", "\n").strip()


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if max(len(old), len(new)) > LONGEST_COMPARED:
        yield from (*_piece("removed", old), *_piece("added", new))
        return
    for kind, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[first:last]))
            continue
        yield from _piece("removed", old[first:last])
        yield from _piece("added", new[start:end])


def _piece(kind: str, words: Iterable[str]) -> Iterator[Piece]:
    text = "".join(words)
    if text:
        yield Piece(kind, text)
