"""Writes drafts as records, in bulk, and announces the change. A record that a person edited is not changed."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone

from library import access
from library.language.cleaning import clean_row
from library.vocabularies.loading.rows import BrokenFileError, CellError
from library.vocabularies.loading.sync import Difference, Report, fingerprint
from media_pipeline.text.cleaning import clean

from ..access.levels import effective_level
from ..actions.create_many import link
from ..models import Record, RecordDate, RecordRelation, RecordSource, RecordText
from ..models.identifiers import mint_many
from ..profiles import profile
from ..profiles.values import as_stored
from ..signals import announce
from .content import COLUMNS, LINKS, columns_of, content_of_draft, content_of_record
from .drafts import Draft, Lookups

BATCH = 500
LISTING_OF = "listing_of"
Pair = tuple[Draft, Record]


def write_drafts(drafts: Sequence[Draft], lookups: Lookups, report: Report) -> None:
    """Creates missing records, updates those whose row changed, and reports the edited ones. The caller opens the transaction."""
    keys = [draft.source_key for draft in drafts]
    rows = Record.objects.filter(source_key__in=keys).prefetch_related(*LINKS, "texts", "sources", "dates", "labels", "relations__target")
    existing = {record.source_key: record for record in rows}
    changed = [
        (draft, existing[draft.source_key])
        for draft in drafts
        if draft.source_key in existing and _may_update(draft, existing[draft.source_key], lookups, report)
    ]
    fresh = _create([draft for draft in drafts if draft.source_key not in existing], lookups)
    _update(changed, lookups)
    _write_rows(fresh + changed)
    _relate(fresh + changed, {record.source_key or "": record.pk for record in [*existing.values(), *(record for _draft, record in fresh)]})
    label = str(Record._meta.verbose_name)
    report.created[label] += len(fresh)
    report.updated[label] += len(changed)
    report.unchanged[label] += len(drafts) - len(fresh) - len(changed)
    announce(record.pk for _draft, record in fresh)


def _may_update(draft: Draft, record: Record, lookups: Lookups, report: Report) -> bool:
    in_file = content_of_draft(draft, lookups)
    in_library = content_of_record(record, in_file)
    if fingerprint(in_library) == fingerprint(in_file):
        return False
    if fingerprint(in_library) == record.loaded_fingerprint and record.latest_revision_id is None:
        return True
    report.differences += [
        Difference(f"{record.source_key} “{record.title_vi}”", name, str(in_file[name]), str(in_library[name]))
        for name in in_file
        if in_file[name] != in_library[name]
    ]
    return False


def _create(drafts: Sequence[Draft], lookups: Lookups) -> list[Pair]:
    now = timezone.now()
    records = []
    for draft, identifier in zip(drafts, mint_many(len(drafts)), strict=True):
        record = Record(
            identifier=identifier,
            source_key=draft.source_key,
            review_state=draft.state,
            live=draft.live,
            has_unpublished_changes=not draft.live,
            first_published_at=now if draft.live else None,
            last_published_at=now if draft.live else None,
            community_keys=access.community_keys(()),
        )
        _fill(record, draft, lookups)
        record.access_level = effective_level(record)
        clean_row(record)
        records.append(record)
    Record.objects.bulk_create(records, batch_size=BATCH)
    pairs = list(zip(drafts, records, strict=True))
    for name in LINKS:
        link(name, [(record.pk, [thing.pk for thing in getattr(draft, name)]) for draft, record in pairs])
    return pairs


def _update(pairs: Sequence[Pair], lookups: Lookups) -> None:
    for draft, record in pairs:
        _fill(record, draft, lookups)
        for name in LINKS:
            getattr(record, name).set(getattr(draft, name))
        record.save()  # announces the change by itself
        RecordText.objects.filter(record=record).delete()
        RecordSource.objects.filter(record=record).delete()
        RecordDate.objects.filter(record=record).delete()
        RecordRelation.objects.filter(record=record, kind=LISTING_OF).delete()


def _fill(record: Record, draft: Draft, lookups: Lookups) -> None:
    for name, value in columns_of(draft, lookups).items():
        setattr(record, name, value)
    record.details = as_stored(profile(draft.record_type), draft.details, seed=draft.source_key)  # type: ignore[assignment]
    record.loaded_fingerprint = fingerprint(content_of_draft(draft, lookups))
    try:
        record.clean_fields(exclude={field.name for field in Record._meta.fields} - set(COLUMNS))
    except ValidationError as error:
        columns = error.message_dict.items()
        raise BrokenFileError(
            [CellError(draft.row.file, draft.row.line, name, " ".join(messages)) for name, messages in columns]
        ) from error


def _write_rows(pairs: Sequence[Pair]) -> None:
    RecordText.objects.bulk_create(
        RecordText(record=record, role=role, language=language, text=clean(text), sort_order=order)
        for draft, record in pairs
        for order, (role, language, text) in enumerate(draft.texts)
    )
    RecordSource.objects.bulk_create(
        RecordSource(record=record, source=cited.source, citation=cited.words, sort_order=order)
        for draft, record in pairs
        for order, cited in enumerate(draft.sources)
    )
    RecordDate.objects.bulk_create(
        RecordDate(record=record, edtf=edtf, sort_order=order) for draft, record in pairs for order, edtf in enumerate(draft.dates)
    )


def _relate(pairs: Sequence[Pair], ids: dict[str, int]) -> None:
    RecordRelation.objects.bulk_create(
        RecordRelation(record=record, kind=LISTING_OF, target_id=ids[key], sort_order=order)
        for draft, record in pairs
        for order, key in enumerate(draft.listing_of)
    )
