"""Writes rows as records: some rows in each transaction, together with the note that they are written. A kill repeats and loses nothing.

What rows become is found out before the transaction. In it the records are locked; where one is not as it was seen, it is looked at anew.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from background.leases import keep
from library.many_rows import among
from library.records.actions.authors import add_authors
from library.records.actions.create_many import NewRecord, create_many
from library.records.actions.save_version import save_version
from library.records.models import Record, RecordMedia
from library.records.models.choices import NOT_EVALUATED
from library.records.models.keywords import KeywordTag
from library.records.profiles import profile
from library.vocabularies.merges import term_by_code

from ..cells.content import details_of
from ..cells.problems import REFUSED, Note
from ..models import Import, ImportedKeyword, ImportedRecord, ImportRow, Outcome, State
from ..sheets.sources import Media
from .check import write_outcomes
from .files import Files
from .resolve import Resolved, Resolver, version_of
from .rows import note_created, waiting_rows

ROWS_AT_ONCE = 500
ROWS_WITH_FILES = 5  # so that progress is seen, and a stop is soon
WRITTEN = (Outcome.CREATE, Outcome.UPDATE)


class Runner:
    """Runs one import, some rows at a time."""

    def __init__(self, job: Import, media: Media) -> None:
        self.job = job
        self.files = Files(job, media)
        self.resolver = Resolver(job)
        self.rights = term_by_code("rights_statements", NOT_EVALUATED).pk
        self.profile = profile(job.record_type)

    def run_some(self) -> bool:
        """Writes the next rows. Returns whether rows are left; after the last one the import is done. Raises Waiting, LeaseLostError."""
        size = ROWS_WITH_FILES if self.job.file_names else ROWS_AT_ONCE
        rows = self._next(size)
        if self.job.file_names:
            self.files.take(name for row in rows for name in self.resolver.reader.read(row.cells).content.files)
        resolved = self.resolver.resolve(rows)
        with transaction.atomic():
            keep(self.job, done=self.job.done + len(rows))
            self._write(self._locked(resolved))
            if len(rows) < size:
                finish(self.job)
        return len(rows) == size

    def _next(self, size: int) -> list[ImportRow]:
        """The first rows that are left."""
        rows = [row for outcome in WRITTEN for row in waiting_rows(self.job, outcome)[:size]]
        return sorted(rows, key=lambda row: row.number)[:size]

    def _locked(self, resolved: Sequence[Resolved]) -> list[Resolved]:
        """The same with their records locked; those whose record was changed, made or deleted meanwhile are resolved anew."""
        known = Q(pk__one_of=[each.record.pk for each in resolved if each.record is not None])
        rows = Record.objects.filter(known | Q(source_key__one_of=[each.row.code for each in resolved]))
        records = {record.pk: record for record in rows.select_for_update().order_by("pk")}
        keys = {record.source_key for record in records.values()}
        moved = [each for each in resolved if _is_other(each, records, keys)]
        fresh = {each.row.pk: each for each in self.resolver.resolve([each.row for each in moved])}
        return [fresh.get(each.row.pk, each) for each in resolved]

    def _write(self, resolved: Sequence[Resolved]) -> None:
        for each in resolved:
            self._check_files(each)
        created = [each for each in resolved if each.outcome == Outcome.CREATE]
        updated = [each for each in resolved if each.outcome == Outcome.UPDATE]
        names = {name for each in (*created, *updated) for name in each.read.content.tags}
        known = set(KeywordTag.objects.filter(name__in=names).values_list("name", flat=True)) if names else set()
        self._create(created)
        for each in updated:
            self._update(each)
        fresh = KeywordTag.objects.filter(name__in=names - known)
        ImportedKeyword.objects.bulk_create(ImportedKeyword(owner=self.job, keyword=keyword) for keyword in fresh)
        write_outcomes([each for each in resolved if each.outcome != each.row.outcome])
        ImportRow.objects.filter(among("pk", [each.row.pk for each in (*created, *updated)])).update(finished=True)

    def _create(self, resolved: Sequence[Resolved]) -> None:
        records = create_many([self._draft(each) for each in resolved], office=self.job.office, user=self.job.user)
        note_created(self.job, [each.row.number for each in resolved], records)
        self._add_authors((each, record.pk) for each, record in zip(resolved, records, strict=True))

    def _draft(self, each: Resolved) -> NewRecord:
        content = each.read.content
        rows = dict(content.rows)
        if content.files:
            rows["media"] = self.files.links(content.files, content.files, content.alongside)
        return NewRecord(
            record_type=self.job.record_type,
            source_key=each.row.code,
            columns={"rights_id": self.rights} | content.columns,
            links=content.links,
            rows=rows,
            details=details_of(self.profile, content.own),
            tags=content.tags,
        )

    def _update(self, each: Resolved) -> None:
        assert each.change is not None
        change, content = each.change, each.read.content
        for link in self.files.links(content.files, change.new_files, content.alongside):
            change.draft.media.add(RecordMedia(sort_order=change.draft.media.count(), **link))
        if change.tags:
            change.draft.tags.set(change.tags)
        revision = save_version(change.draft, self.job.user)
        record = Record.objects.get(pk=change.draft.pk)
        ImportedRecord.objects.create(
            owner=self.job,
            number=each.row.number,
            record=record,
            created=False,
            before=change.before,
            revision=revision,
            saved_at=record.updated_at,
        )
        self._add_authors([(each, record.pk)])

    def _add_authors(self, pairs: Iterable[tuple[Resolved, int]]) -> None:
        """Who sent the file and who mended cells of it wrote the text too; the versions name only who let it in."""
        wrote = [(record, {self.job.sent_by_id, *each.row.menders} - {self.job.user_id, None}) for each, record in pairs]
        add_authors((record, user) for record, users in wrote for user in users if user is not None)

    def _check_files(self, each: Resolved) -> None:
        """Refuses a row whose file was not taken."""
        if not each.read.content.files or each.outcome not in WRITTEN:
            return
        at = next((at for at, column in enumerate(self.resolver.columns) if column and column.kind == "files"), -1)
        for name, problem in self.files.refused(each.read.content.files):
            each.read.notes.append(Note(at, REFUSED, name, problem))
            each.outcome = Outcome.REFUSE


def finish(job: Import) -> None:
    """Ends a run. The counts must agree with what was really written. Raises LeaseLostError."""
    written = dict(job.records.values_list("created").annotate(number=Count("pk")))
    counts = job.counts()
    agrees = written.get(True, 0) == counts[Outcome.CREATE] and written.get(False, 0) == counts[Outcome.UPDATE]
    problem = "" if agrees and sum(counts.values()) == job.total else _("Số dòng không khớp. Xin báo cho quản trị.")
    keep(job, state=State.DONE, finished_at=timezone.now(), used_at=timezone.now(), problem=problem)


def _is_other(each: Resolved, records: dict[int, Record], keys: set[str | None]) -> bool:
    """Whether the record is not the one that was seen: changed, deleted, or made since."""
    if each.record is None:
        return each.row.code in keys
    return version_of(records.get(each.record.pk)) != each.version
