"""The action that creates many records at once, as drafts: same names, checks, cleaning, log and announcement as one, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry

from library import access
from library.accounts.models import Office
from library.language.cleaning import clean_row

from ..access.levels import effective_level
from ..models import Record
from ..models.identifiers import mint_many
from ..models.keywords import KeywordTag, RecordTag
from ..profiles import profile
from ..profiles.values import as_stored
from ..signals import announce

CREATE = "wagtail.create"
BATCH = 500
LINKS = ("groups", "subgroups", "places", "former_units", "languages", "scripts", "unesco_domains", "warnings")


@dataclass
class NewRecord:
    """A record that is not created yet. ``columns``: attributes; ``links``: keys by many-to-many; ``rows``: child rows by relation."""

    record_type: str
    source_key: str | None
    columns: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)


def create_many(drafts: Sequence[NewRecord], *, office: Office, user: Any) -> list[Record]:
    """Creates the records as drafts of the office, in their order. Raises ValidationError, and creates none, when one has a wrong value."""
    if not drafts:
        return []
    with transaction.atomic():
        records = [_record(draft, identifier, office, user) for draft, identifier in zip(drafts, mint_many(len(drafts)), strict=True)]
        Record.objects.bulk_create(records, batch_size=BATCH)
        for name in LINKS:
            link(name, [(record, draft.links.get(name, ())) for record, draft in zip(records, drafts, strict=True)])
        add_rows([(record, draft.rows) for record, draft in zip(records, drafts, strict=True)])
        _tag([(record, draft.tags) for record, draft in zip(records, drafts, strict=True)])
        _log(records, user)
        announce(record.pk for record in records)
    return records


def check_draft(draft: NewRecord, office: Office) -> None:
    """Raises ValidationError for a record that ``create_many`` would not create. Stores nothing."""
    _record(draft, "", office, None)


def _record(draft: NewRecord, identifier: str, office: Office, user: Any) -> Record:
    own = profile(draft.record_type)
    defaults = {"own_access": own.default_access, "summary_reviewed": False}
    record = Record(
        identifier=identifier,
        source_key=draft.source_key,
        record_type=own.code,
        office=office,
        created_by=user if getattr(user, "pk", None) else None,
        live=False,
        has_unpublished_changes=True,
        community_keys=access.community_keys(()),
        **(defaults | draft.columns),
    )
    if draft.details:
        record.details = as_stored(own, draft.details, seed=identifier)  # type: ignore[assignment]
    record.access_level = effective_level(record)
    record.clean_fields(exclude=_NOT_CHECKED - draft.columns.keys())
    clean_row(record)
    return record


#: Keys are not looked up one by one (the database holds them), and what the action sets itself is right.
_NOT_CHECKED = {each.name for each in Record._meta.fields}


def link(name: str, pairs: Sequence[tuple[Record, Sequence[int]]]) -> None:
    """Rows of one many-to-many table for new records: the keys of what each points to."""
    field_: Any = Record._meta.get_field(name)
    through = field_.remote_field.through
    here, there = field_.m2m_column_name(), field_.m2m_reverse_name()
    rows = [through(**{here: record.pk, there: key}) for record, keys in pairs for key in keys]
    through._default_manager.bulk_create(rows, batch_size=BATCH)


def add_rows(pairs: Sequence[tuple[Record, dict[str, list[dict[str, Any]]]]]) -> None:
    """Child rows of new records, by the name of their relation."""
    models_of = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(Record)}
    for name in dict.fromkeys(name for _record, rows in pairs for name in rows):
        model: type[models.Model] = models_of[name]
        children = [model(record=record, sort_order=at, **row) for record, rows in pairs for at, row in enumerate(rows.get(name, ()))]
        for child in children:
            clean_row(child)
        model._default_manager.bulk_create(children, batch_size=BATCH)


def _tag(pairs: Sequence[tuple[Record, list[str]]]) -> None:
    names = {name for _record, tags in pairs for name in tags}
    if not names:
        return
    tags = {tag.name: tag for tag in KeywordTag.objects.filter(name__in=names)}
    for name in sorted(names - tags.keys()):
        tags[name] = KeywordTag.objects.create(name=name)
    RecordTag.objects.bulk_create(RecordTag(tag=tags[name], content_object=record) for record, own in pairs for name in dict.fromkeys(own))


def _log(records: Sequence[Record], user: Any) -> None:
    """The lines that Wagtail's own log would write one by one."""
    kind, now = ContentType.objects.get_for_model(Record, for_concrete_model=False), timezone.now()
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=kind,
                object_id=str(record.pk),
                label=record.title_vi[:255],
                action=CREATE,
                timestamp=now,
                user_id=getattr(user, "pk", None),
                content_changed=True,
            )
            for record in records
        ],
        batch_size=BATCH,
    )
