"""The action that creates many records at once, as drafts: same names, checks, cleaning, log and announcement as one, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry

from library import access
from library.accounts.models import Office
from library.language.cleaning import clean_columns
from library.many_rows import insert_many
from media_pipeline.text.names import key_of

from ..models import Record
from ..models.identifiers import mint_many
from ..models.keywords import KeywordTag, RecordTag
from ..profiles import profile
from ..profiles.values import as_stored
from ..signals import announce

CREATE = "wagtail.create"
LINKS = ("groups", "subgroups", "places", "former_units", "languages", "scripts", "unesco_domains", "warnings")


@dataclass
class NewRecord:
    """A record that is not created yet. ``links``: keys by many-to-many; ``rows``: columns of child rows by relation."""

    record_type: str
    source_key: str | None
    columns: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)


class Created(NamedTuple):
    """A record that ``create_many`` has made: its key, its identifier, and when it was saved."""

    pk: int
    identifier: str
    updated_at: datetime


def create_many(drafts: Sequence[NewRecord], *, office: Office, user: Any) -> list[Created]:
    """Creates the records as drafts of the office, in their order. Raises ValidationError, and creates none, when one has a wrong value."""
    if not drafts:
        return []
    now = timezone.now()
    with transaction.atomic():
        names = mint_many(len(drafts))
        rows = [_row(draft, identifier, office, user, now) for draft, identifier in zip(drafts, names, strict=True)]
        insert_many(Record, rows)
        keys = dict(Record.objects.filter(identifier__one_of=names).values_list("identifier", "pk"))
        pairs = [(keys[identifier], draft) for identifier, draft in zip(names, drafts, strict=True)]
        for name in LINKS:
            link(name, [(pk, draft.links.get(name, ())) for pk, draft in pairs])
        _add_rows([(pk, draft.rows) for pk, draft in pairs])
        _tag([(pk, draft.tags) for pk, draft in pairs])
        _log([(pk, row["title_vi"]) for (pk, _draft), row in zip(pairs, rows, strict=True)], user)
        announce(pk for pk, _draft in pairs)
    return [Created(pk, identifier, now) for (pk, _draft), identifier in zip(pairs, names, strict=True)]


def check_draft(draft: NewRecord, office: Office) -> None:
    """Raises ValidationError for a record that ``create_many`` would not create. Stores nothing."""
    _row(draft, "", office, None, timezone.now())


def _row(draft: NewRecord, identifier: str, office: Office, user: Any, now: datetime) -> dict[str, Any]:
    """The row of a record, its values checked and its texts clean."""
    own = profile(draft.record_type)
    columns: dict[str, Any] = {"own_access": own.default_access, "summary_reviewed": False} | _checked(draft.columns)
    row = {
        "identifier": identifier,
        "source_key": draft.source_key,
        "record_type": own.code,
        "office_id": office.pk,
        "created_by_id": getattr(user, "pk", None),
        "created_at": now,
        "updated_at": now,
        "live": False,
        "has_unpublished_changes": True,
        "community_keys": _NO_COMMUNITY,
        "access_level": access.strictest(columns["own_access"]),
        **columns,
    }
    if draft.details:
        row["details"] = _DETAILS.to_python(as_stored(own, draft.details, seed=identifier))
    clean_columns(Record, row)
    row["name_key"] = key_of(row.get(source) for source in _NAME_KEY.sources)
    return row


#: Without communities and labels the level of a record is its own (``access/levels.py``).
_NO_COMMUNITY = access.community_keys(())
_DETAILS: Any = Record._meta.get_field("details")
_NAME_KEY: Any = Record._meta.get_field("name_key")


def _checked(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns as the record holds them. Raises ValidationError for wrong values. Keys are not looked up: the database holds them."""
    wrong: dict[str, list[ValidationError]] = {}
    right = dict(columns)
    for name, value in columns.items():
        field_: Any = Record._meta.get_field(name)
        if field_.is_relation or (field_.blank and value in field_.empty_values):
            continue
        try:
            right[name] = field_.clean(value, None)
        except ValidationError as error:
            wrong[name] = error.error_list
    if wrong:
        raise ValidationError(wrong)
    return right


def link(name: str, pairs: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Rows of one many-to-many table for new records: the keys of what each points to."""
    field_: Any = Record._meta.get_field(name)
    through = field_.remote_field.through
    here, there = field_.m2m_column_name(), field_.m2m_reverse_name()
    insert_many(through, [{here: pk, there: key} for pk, keys in pairs for key in keys])


def _add_rows(pairs: Sequence[tuple[int, dict[str, list[dict[str, Any]]]]]) -> None:
    """Child rows of new records, by the name of their relation."""
    models_of = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(Record)}
    for name in dict.fromkeys(name for _pk, rows in pairs for name in rows):
        children = [{"record_id": pk, "sort_order": at, **row} for pk, rows in pairs for at, row in enumerate(rows.get(name, ()))]
        for child in children:
            clean_columns(models_of[name], child)
        insert_many(models_of[name], children)


def _tag(pairs: Sequence[tuple[int, list[str]]]) -> None:
    names = {name for _pk, tags in pairs for name in tags}
    if not names:
        return
    tags = {tag.name: tag for tag in KeywordTag.objects.filter(name__in=names)}
    for name in sorted(names - tags.keys()):
        tags[name] = KeywordTag.objects.create(name=name)
    insert_many(RecordTag, [{"tag_id": tags[name].pk, "content_object_id": pk} for pk, own in pairs for name in dict.fromkeys(own)])


def _log(titles: Sequence[tuple[int, str]], user: Any) -> None:
    """The lines that Wagtail's own log would write one by one."""
    kind, now = ContentType.objects.get_for_model(Record, for_concrete_model=False).pk, timezone.now()
    told = {"content_type_id": kind, "action": CREATE, "timestamp": now, "user_id": getattr(user, "pk", None), "content_changed": True}
    insert_many(ModelLogEntry, [{"object_id": str(pk), "label": title[:255], **told} for pk, title in titles])
