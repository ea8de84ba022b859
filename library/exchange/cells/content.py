"""What the cells of one row say, before it is a record. Values of several columns that belong together are put together here."""

from dataclasses import dataclass, field
from typing import Any

from library.records.profiles import Field, Profile


@dataclass
class Content:
    """``columns``: attribute → value; ``links``: many-to-many → keys; ``rows``: child rows; ``own``: path in the profile → values."""

    columns: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    own: dict[str, list[Any]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # names of files beside the table
    alongside: dict[str, list[str]] = field(default_factory=dict)  # words for the files, in their order

    def link(self, name: str, keys: list[int]) -> None:
        """Adds keys to a link, each once."""
        self.links[name] = list(dict.fromkeys([*self.links.get(name, ()), *keys]))

    def add(self, other: "Content") -> None:
        """Adds what another cell of authorities, dates or people says; the other content stays as it is."""
        self.columns |= other.columns
        for name, keys in other.links.items():
            if name in self.links:
                self.link(name, keys)
            else:
                self.links[name] = keys
        for name, rows in other.rows.items():
            self.rows[name] = [*self.rows.get(name, ()), *rows]
        self.tags += other.tags
        self.files += other.files


def details_of(profile: Profile, own: dict[str, list[Any]]) -> dict[str, Any]:
    """The fields of the profile from the values of their columns; the n-th values of the columns of one struct are its n-th row."""
    details = {}
    for each in profile.fields if own else ():
        value = _value_of(each, each.key, own)
        if value not in (None, [], {}):
            details[each.key] = value
    return details


def _value_of(field_: Field, path: str, own: dict[str, list[Any]]) -> Any:
    if field_.type != "struct":
        values = own.get(path, [])
        return [value for value in values if value is not None] if field_.many else next(iter(values), None)
    if not field_.many:
        return _struct(field_, path, own)
    count = max((len(values) for key, values in own.items() if key.startswith(f"{path}.")), default=0)
    rows = [_struct(field_, path, {key: values[at : at + 1] for key, values in own.items()}) for at in range(count)]
    return [row for row in rows if row]


def _struct(field_: Field, path: str, own: dict[str, list[Any]]) -> dict[str, Any]:
    parts = {part.key: _value_of(part, f"{path}.{part.key}", own) for part in field_.fields}
    return {key: value for key, value in parts.items() if value not in (None, [], {})}
