"""Writes the content of files into the rows of a model, in bulk. A row that a person edited is never overwritten."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from library.language.cleaning import clean_row

from ..models import LoadedRow
from .rows import BrokenFileError, CellError, Row

M = TypeVar("M", bound=LoadedRow)
Values = dict[str, Any]
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an edited row that differs from the file. The value of the library stays."""

    what: str
    field: str
    in_file: str
    in_library: str

    def __str__(self) -> str:
        return _("%(what)s, %(field)s: trong tệp là “%(in_file)s”, trong thư viện là “%(in_library)s” (giữ nguyên)") % {
            "what": self.what,
            "field": self.field,
            "in_file": self.in_file,
            "in_library": self.in_library,
        }


@dataclass(slots=True)
class Report:
    """The result of a load: counts by kind of row, differences of edited rows, and rows that are no longer in the files."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    no_longer_in_files: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many rows were created or updated."""
        return self.created.total() + self.updated.total()


@dataclass(frozen=True, slots=True)
class Entry:
    """The values of one line of a file, by column name; ``links`` are many-to-many fields as lists of ids."""

    row: Row
    values: Values
    links: dict[str, list[int]] = field(default_factory=dict)

    def key(self, names: Sequence[str]) -> tuple[Any, ...]:
        return tuple(self.values[name] for name in names)

    @property
    def content(self) -> Values:
        return self.values | self.links


def fingerprint(content: Values) -> str:
    """A hash of the content of a row."""
    return hashlib.sha256(json.dumps(_plain(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sync_rows(
    model: type[M],
    key: Sequence[str],
    entries: Iterable[Entry],
    report: Report,
    *,
    within: models.Q | None = None,
) -> dict[tuple[Any, ...], M]:
    """Creates and updates rows so that each entry has its row; returns the row of every entry by its key.

    ``key`` are the names of the columns that identify a row; ``within`` limits which existing rows are compared. Raises
    BrokenFileError when two lines have the same key or a value does not fit its column.
    """
    by_key = _by_key(key, entries)
    manager = model._default_manager
    existing = {_key_of(row, key): row for row in manager.filter(within or models.Q()).prefetch_related(*_link_names(by_key))}
    plan = _Plan(model, report)
    rows = {identity: plan.place(entry, existing.get(identity)) for identity, entry in by_key.items()}
    plan.note_left_over(row for identity, row in existing.items() if identity not in by_key)
    plan.write()
    return rows


class _Plan(Generic[M]):
    """Sorts rows into new, updated, unchanged and edited by a person; then writes the first two in bulk."""

    def __init__(self, model: type[M], report: Report) -> None:
        self.model, self.report = model, report
        self.label = str(model._meta.verbose_name)
        self.to_create: list[tuple[Entry, M]] = []
        self.to_update: list[tuple[Entry, M]] = []

    def place(self, entry: Entry, row: M | None) -> M:
        """Decides what happens to the row of an entry (None: there is no row yet) and returns the row.

        A row whose content is that of the last load, or that of the file, was not edited by a person.
        """
        in_file = fingerprint(entry.content)
        if row is None:
            row = self.model(**entry.values, loaded_fingerprint=in_file)
            self._check_fits(entry, row)
            self.to_create.append((entry, row))
            return row
        in_library = fingerprint(_content(row, entry))
        if in_library == in_file == row.loaded_fingerprint:
            self.report.unchanged[self.label] += 1
        elif in_library in (in_file, row.loaded_fingerprint):
            self._update(entry, row, in_file)
        else:
            self._leave_alone(entry, row)
        return row

    def note_left_over(self, rows: Iterable[M]) -> None:
        self.report.no_longer_in_files += [f"{self.label}: {row}" for row in rows if row.loaded_fingerprint]

    def write(self) -> None:
        manager = self.model._default_manager
        for _entry, row in self.to_create + self.to_update:
            clean_row(row)
        manager.bulk_create([row for _entry, row in self.to_create], batch_size=BATCH)
        if self.to_update:
            columns = sorted({"loaded_fingerprint"}.union(*(entry.values for entry, _row in self.to_update)))
            manager.bulk_update([row for _entry, row in self.to_update], columns, batch_size=BATCH)
        for entry, row in self.to_create + self.to_update:
            for link, ids in entry.links.items():
                getattr(row, link).set(ids)
        for _entry, row in self.to_update:  # bulk_update sends no signal, and index documents contain the names of these rows
            models.signals.post_save.send(sender=self.model, instance=row, created=False, raw=False, using=manager.db, update_fields=None)
        self.report.created[self.label] += len(self.to_create)
        self.report.updated[self.label] += len(self.to_update)

    def _update(self, entry: Entry, row: M, in_file: str) -> None:
        for name, value in entry.values.items():
            setattr(row, name, value)
        row.loaded_fingerprint = in_file
        self._check_fits(entry, row)
        self.to_update.append((entry, row))

    def _leave_alone(self, entry: Entry, row: M) -> None:
        in_library, in_file = _content(row, entry), entry.content
        self.report.unchanged[self.label] += 1
        self.report.differences += [
            Difference(f"{self.label} {row}", name, str(in_file[name]), str(in_library[name]))
            for name in in_file
            if in_file[name] != in_library[name]
        ]

    def _check_fits(self, entry: Entry, row: M) -> None:
        relations = {column.name for column in self.model._meta.fields if column.is_relation}
        try:
            row.clean_fields(exclude=relations | {"loaded_fingerprint"})
        except ValidationError as error:
            raise BrokenFileError(
                [CellError(entry.row.file, entry.row.line, name, " ".join(messages)) for name, messages in error.message_dict.items()]
            ) from error


def _by_key(key: Sequence[str], entries: Iterable[Entry]) -> dict[tuple[Any, ...], Entry]:
    by_key: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        first = by_key.setdefault(entry.key(key), entry)
        if first is not entry:
            reason = _("trùng với dòng %(line)s") % {"line": first.row.line}
            raise BrokenFileError([CellError(entry.row.file, entry.row.line, ", ".join(key), reason)])
    return by_key


def _link_names(by_key: dict[tuple[Any, ...], Entry]) -> list[str]:
    return list(next(iter(by_key.values())).links) if by_key else []


def _key_of(row: models.Model, key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _content(row: models.Model, entry: Entry) -> Values:
    """What the library has now in the columns and links that the file gives."""
    columns = {name: getattr(row, name) for name in entry.values}
    links = {name: sorted(linked.pk for linked in getattr(row, name).all()) for name in entry.links}
    return columns | links


def _plain(content: Values) -> Values:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in content.items()}
