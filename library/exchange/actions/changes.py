"""What a row would change in a record that is there, and the action that changes it as a new version."""

from dataclasses import dataclass, field
from typing import Any

from modelcluster.models import get_all_child_relations

from library.records.actions.save_version import newest
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import as_stored, stored_values

from ..cells.content import Content, details_of

BY_ROLE = ("texts", "people")  # child rows that belong to one column by their role


@dataclass
class Change:
    """A draft with the new content, not saved and nothing stored for it; ``before`` is its content without it."""

    draft: Record
    before: dict[str, Any]
    changed: list[str] = field(default_factory=list)  # names of what differs
    new_files: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)  # keywords instead of those of the draft; they are made when it is written


def change_of(record: Record, content: Content, *, replace: bool) -> Change | None:
    """The change; None where the record says the same already. With ``replace`` its words give way, else only what is empty is filled."""
    draft = newest(record)
    change = Change(draft, draft.serializable_data())
    for name, value in content.columns.items():
        now = getattr(draft, name)
        if now != value and (replace or now in ("", None)):
            setattr(draft, name, value)
            change.changed.append(name)
    for name, keys in content.links.items():
        now = {thing.pk for thing in getattr(draft, name).all()}
        if now != set(keys) and (replace or not now):
            things = getattr(draft, name).model.objects.in_bulk(keys)
            getattr(draft, name).set([things[key] for key in keys])
            change.changed.append(name)
    for name, rows in content.rows.items():
        _change_rows(change, name, rows, replace)
    _change_details(change, details_of(profile(record.record_type), content.own), replace)
    _change_tags(change, content.tags, replace)
    names = {link.asset.name_as_given for link in draft.media.all()}
    change.new_files = [name for name in content.files if name.rpartition("/")[2] not in names]
    return change if change.changed or change.new_files else None


def _change_rows(change: Change, name: str, rows: list[dict[str, Any]], replace: bool) -> None:
    model = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(Record)}[name]
    roles = {row["role"] for row in rows} if name in BY_ROLE else set()
    all_rows = list(getattr(change.draft, name).all())
    own = [row for row in all_rows if not roles or row.role in roles]
    same = [{key: getattr(row, key) for key in rows[0]} for row in own] == rows
    if same or (own and not replace):
        return
    kept = [row for row in all_rows if row not in own]
    fresh = [model(**row) for row in rows]
    for at, row in enumerate([*kept, *fresh]):
        row.sort_order = at
    setattr(change.draft, name, [*kept, *fresh])
    change.changed.append(name)


def _change_details(change: Change, details: dict[str, Any], replace: bool) -> None:
    own = profile(change.draft.record_type)
    stored = stored_values(own, change.draft.details)
    fresh = {key: value for key, value in details.items() if stored.get(key) != value and (replace or key not in stored)}
    if fresh:
        change.draft.details = as_stored(own, stored | fresh, seed=change.draft.identifier)  # type: ignore[assignment]
        change.changed += list(fresh)


def _change_tags(change: Change, tags: list[str], replace: bool) -> None:
    now = {tag.name for tag in change.draft.tags.all()}
    if tags and now != set(tags) and (replace or not now):
        change.tags = tags
        change.changed.append("tags")
