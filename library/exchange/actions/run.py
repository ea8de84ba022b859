"""Writes rows as records: some rows in each transaction, together with the note that they are written. A kill repeats and loses nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from library.records.actions.create_many import NewRecord, create_many
from library.records.models import Record, RecordMedia
from library.records.profiles import profile
from library.vocabularies.models import Term
from media_pipeline.errors import Refused
from media_pipeline.intake.ingest import ingest

from ..cells.content import details_of
from ..cells.problems import REFUSED, Note
from ..errors import SheetError
from ..models import Import, ImportedFile, ImportedRecord, ImportRow, Outcome, State
from ..sheets.sources import Media
from .changes import save_version
from .check import write_outcomes
from .resolve import Resolved, Resolver

ROWS_AT_ONCE = 200
ROWS_WITH_FILES = 5  # so that progress is seen, and a stop is soon
NOT_EVALUATED = "CNE"  # rights are never blank (domain handbook, section 9)
WRITTEN = (Outcome.CREATE, Outcome.UPDATE)


class Runner:
    """Runs one import, some rows at a time."""

    def __init__(self, job: Import, media: Media) -> None:
        self.job, self.media = job, media
        self.resolver = Resolver(job)
        self.rights = Term.objects.get(vocabulary__code="rights_statements", code=NOT_EVALUATED).pk
        self.profile = profile(job.record_type)

    def run_some(self) -> bool:
        """Writes the next rows. Returns whether rows are left; after the last one the import is done. Raises Waiting, for files."""
        size = ROWS_WITH_FILES if self.job.file_names else ROWS_AT_ONCE
        rows = list(self._left().order_by("number")[:size])
        if self.job.file_names:
            self._take_files(rows)
        with transaction.atomic():
            state = Import.objects.select_for_update().values_list("state", flat=True).get(pk=self.job.pk)
            if state != State.RUNNING:  # a person has stopped it
                return False
            self._write(rows)
            self.job.done += len(rows)
            Import.objects.filter(pk=self.job.pk).update(done=self.job.done)
            if len(rows) == size:
                return True
            self._finish()
        return False

    def _left(self) -> Any:
        return self.job.rows.filter(finished=False, outcome__in=WRITTEN)

    def _write(self, rows: Sequence[ImportRow]) -> None:
        if not rows:
            return
        resolved = self.resolver.resolve(rows)
        for each in resolved:
            self._check_files(each)
        created = [each for each in resolved if each.outcome == Outcome.CREATE]
        updated = [each for each in resolved if each.outcome == Outcome.UPDATE]
        self._create(created)
        for each in updated:
            self._update(each)
        write_outcomes([each for each in resolved if each.outcome != each.row.outcome])
        ImportRow.objects.filter(pk__in=[each.row.pk for each in (*created, *updated)]).update(finished=True)

    def _create(self, resolved: Sequence[Resolved]) -> None:
        drafts = [self._draft(each) for each in resolved]
        records = create_many(drafts, office=self.job.office, user=self.job.user)
        ImportedRecord.objects.bulk_create(
            ImportedRecord(owner=self.job, number=each.row.number, record=record, created=True, saved_at=record.updated_at)
            for each, record in zip(resolved, records, strict=True)
        )

    def _draft(self, each: Resolved) -> NewRecord:
        content = each.read.content
        rows = dict(content.rows)
        if content.files:
            rows["media"] = self._links(each, content.files)
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
        change = each.change
        for link in self._links(each, change.new_files):
            change.draft.media.add(RecordMedia(sort_order=change.draft.media.count(), **link))
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

    def _links(self, each: Resolved, names: Sequence[str]) -> list[dict[str, Any]]:
        """Rows of the record's files, with the words that stand beside their names."""
        assets = self._assets(names)
        words = each.read.content.alongside
        return [
            {"asset_id": assets[name], **{key: texts[at] for key, texts in words.items() if at < len(texts)}}
            for at, name in enumerate(each.read.content.files)
            if name in names
        ]

    def _assets(self, names: Sequence[str]) -> dict[str, int]:
        rows = ImportedFile.objects.filter(owner=self.job, name__in=names, problem="")
        return {name: asset for name, asset in rows.values_list("name", "asset_id") if asset}

    def _take_files(self, rows: Sequence[ImportRow]) -> None:
        """Gives the files of the rows to the media pipeline, each once, before the transaction of the rows: a file takes its time."""
        names = [name for row in rows for name in self.resolver.reader.read(row.cells).content.files]
        known = set(ImportedFile.objects.filter(owner=self.job, name__in=names).values_list("name", flat=True))
        for name in dict.fromkeys(names):
            if name in known:
                continue
            asset, problem = None, ""
            try:
                with self.media.open(name) as stream:
                    asset = ingest(stream, name.rpartition("/")[2], user=self.job.user)
            except (Refused, SheetError) as refused:
                problem = str(refused.message)
            ImportedFile.objects.get_or_create(owner=self.job, name=name, defaults={"asset": asset, "problem": problem})

    def _check_files(self, each: Resolved) -> None:
        """Refuses a row whose file was not taken."""
        if not each.read.content.files or each.outcome not in WRITTEN:
            return
        bad = ImportedFile.objects.filter(owner=self.job, name__in=each.read.content.files).exclude(problem="")
        at = next((at for at, column in enumerate(self.resolver.columns) if column and column.kind == "files"), -1)
        for name, problem in bad.values_list("name", "problem"):
            each.read.notes.append(Note(at, REFUSED, name, problem))
            each.outcome = Outcome.REFUSE

    def _finish(self) -> None:
        """Ends the run. The counts must agree with what was really written."""
        written = dict(self.job.records.values_list("created").annotate(number=Count("pk")))
        counts = self.job.counts()
        agrees = written.get(True, 0) == counts[Outcome.CREATE] and written.get(False, 0) == counts[Outcome.UPDATE]
        problem = "" if agrees and sum(counts.values()) == self.job.total else _("Số dòng không khớp. Xin báo cho quản trị.")
        Import.objects.filter(pk=self.job.pk).update(state=State.DONE, finished_at=timezone.now(), problem=problem)
