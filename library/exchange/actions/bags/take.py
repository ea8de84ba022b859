"""An import of a bag, step by step: its records are the rows, and become drafts of one office with their files.

A record that is in the library already, by its identifier or by the key that an earlier import of the bag gave it, is left alone.
What records name of one another is added when all of them are there (``connect.py``). Every step is safe to be cut off.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from background.leases import keep
from library.many_rows import update_many
from library.records.actions.authors import add_authors
from library.records.actions.create_many import NewRecord, check_draft, create_many
from library.records.models import Record
from media_pipeline.errors import Refused
from media_pipeline.intake.ingest import ingest
from media_pipeline.tracks.copying import take as take_track
from media_pipeline.tracks.cues import TrackError

from ...cells.problems import REFUSED, SKIPPED, Note
from ...errors import SheetError
from ...models import Import, ImportedFile, ImportRow, Outcome, State
from ..rows import note_created
from ..run import finish
from .codes import Codes, UnknownCodeError
from .connect import connect_some
from .reading import Bag
from .record import draft_of

logger = logging.getLogger(__name__)
ROWS_AT_ONCE, ROWS_WITH_FILES = 200, 5
LONGEST_KEY = 80
PROBLEMS_TOLD = 20  # files that were not taken
BAD = (KeyError, TypeError, ValueError, AttributeError, ValidationError)  # what wrong content raises
Entry = Mapping[str, Any]


class BagWork:
    """The steps of one import, over its bag."""

    def __init__(self, job: Import, bag: Bag) -> None:
        self.job, self.bag, self.codes = job, bag, Codes()

    def check_some(self) -> bool:
        """Finds out what the next records become. Returns whether some are left. Raises LeaseLostError."""
        rows = list(self.job.rows.filter(outcome="").order_by("number")[:ROWS_AT_ONCE])
        pairs = self._entries(rows)
        for row, entry in pairs:
            row.code = code_of(self.job, row, entry)
        there = There.of(self.job, rows)
        for row, entry in pairs:
            self._check(row, entry, there)
            there.earlier.add(row.code)
        with transaction.atomic():
            keep(self.job, done=self.job.done + len(rows))
            written = ((row.outcome, row.noted, row.notes, row.code, row.pk) for row in rows)
            update_many(ImportRow, written, ("outcome", "noted", "notes", "code"))
            if len(rows) < ROWS_AT_ONCE:
                keep(self.job, state=State.CHECKED, problem="")
        return len(rows) == ROWS_AT_ONCE

    def run_some(self) -> bool:
        """Takes the next records in; after the last one connects them. Returns whether something is left.

        Raises Waiting, LeaseLostError.
        """
        rows = list(self.job.rows.filter(outcome=Outcome.CREATE, finished=False).order_by("number")[: self._size()])
        if not rows:
            return self._connect_some()
        pairs = self._entries(rows)
        for _row, entry in pairs:
            self._take_files(entry)
        there = There.of(self.job, rows)
        drafts = [self._draft(row, entry, there) for row, entry in pairs]
        with transaction.atomic():
            keep(self.job, done=self.job.done + len(rows))
            self._create([(row, draft) for (row, _entry), draft in zip(pairs, drafts, strict=True) if draft is not None])
            written = ((row.outcome, row.noted, row.notes, row.finished, row.pk) for row in rows)
            update_many(ImportRow, written, ("outcome", "noted", "notes", "finished"))
        return True

    def _size(self) -> int:
        return ROWS_WITH_FILES if self.bag.has_originals else ROWS_AT_ONCE

    def _entries(self, rows: Sequence[ImportRow]) -> list[tuple[ImportRow, Entry]]:
        """The rows with their records. Each batch goes on in the bag where the one before ended."""
        return [(row, self.bag.record(row.number)) for row in rows]

    def _check(self, row: ImportRow, entry: Entry, there: "There") -> None:
        """What the record becomes."""
        try:
            if not row.cells[0] or entry["withdrawn"]:
                raise ValueError(_("Tư liệu đã gỡ xuống thì không nhập lại."))
            if not row.code:
                raise ValueError(_("Mã dài quá."))
            if row.code in there.earlier:
                raise ValueError(_("Tư liệu này có hai lần trong gói."))
            if there.has(row):
                skip(row)
                return
            for slug in entry["communities"]:
                self.codes.key("communities", slug)
            check_draft(draft_of(entry, row.code, self.codes, {}, self.job.user), self.job.office)
            row.outcome = Outcome.CREATE
        except UnknownCodeError as error:
            refuse(row, _("Thư viện này chưa có mã “%(code)s”.") % {"code": error})
        except BAD as error:
            refuse(row, sentence_of(error))

    def _draft(self, row: ImportRow, entry: Entry, there: "There") -> NewRecord | None:
        """The draft with its files; None for a record that is there by now, or whose codes are gone."""
        if there.has(row):
            skip(row)
            return None
        names = [file["original"] for file in entry["files"] if file["original"]]
        taken = ImportedFile.objects.filter(owner=self.job, name__in=names).exclude(asset=None).select_related("asset")
        assets = {each.name.rpartition("/")[2]: each.asset for each in taken}
        try:
            return draft_of(entry, row.code, self.codes, assets, self.job.user)
        except (UnknownCodeError, *BAD) as error:
            refuse(row, str(error))
        return None

    def _create(self, pairs: Sequence[tuple[ImportRow, NewRecord]]) -> None:
        try:
            records = create_many([draft for _row, draft in pairs], office=self.job.office, user=self.job.user)
        except ValidationError as error:
            if len(pairs) == 1:
                refuse(pairs[0][0], sentence_of(error))
                return
            for pair in pairs:
                self._create([pair])
            return
        for row, _draft in pairs:
            row.finished = True
        note_created(self.job, [row.number for row, _draft in pairs], records)
        if self.job.sent_by_id not in (None, self.job.user_id):
            add_authors((record.pk, self.job.sent_by_id) for record in records)

    def _take_files(self, entry: Entry) -> None:
        """Takes the originals of a record in, each once, with the words of recordings."""
        for file in entry["files"]:
            name = file["original"]
            if name and not ImportedFile.objects.filter(owner=self.job, name=name).exists():
                keep(self.job)
                asset, problem = self._taken(file)
                ImportedFile.objects.get_or_create(owner=self.job, name=name, defaults={"asset": asset, "problem": problem})

    def _taken(self, file: Entry) -> tuple[Any, str]:
        asset, problem = None, ""
        try:
            with self.bag.open(file["original"]) as stream:
                asset = ingest(stream, str(file["name"]), user=self.job.user)
            for track in file.get("tracks", ()):
                take_track(asset, track, user=self.job.user)
        except (Refused, TrackError, SheetError) as refused:
            problem = str(refused.message)
        except BAD as error:
            logger.info("The words of %s: %r", file["name"], error)
            problem = _("Phần lời không đọc được.")
        return asset, f"{file['name']}: {problem}" if problem else ""

    def _connect_some(self) -> bool:
        """Connects some of the new records; after the last one the import is done."""
        with transaction.atomic():
            keep(self.job)
            if connect_some(self.job, self.bag, self.codes):
                return True
            finish(self.job)
            if problems := list(self.job.files.exclude(problem="").values_list("problem", flat=True)[:PROBLEMS_TOLD]):
                keep(self.job, problem=_("Có tệp trong gói không nhận được. %(files)s") % {"files": " · ".join(problems)})
        return False


class There(NamedTuple):
    """What the library has, and what the bag had before, of some rows: asked once for all of them."""

    keys: set[str]
    identifiers: set[str]
    earlier: set[str]

    @classmethod
    def of(cls, job: Import, rows: Sequence[ImportRow]) -> "There":
        """Of these rows, which follow one another."""
        codes = {row.code for row in rows} - {""}
        keys = Record.objects.filter(source_key__in=codes).values_list("source_key", flat=True)
        identifiers = Record.objects.filter(identifier__in={row.cells[0] for row in rows}).values_list("identifier", flat=True)
        before = job.rows.filter(code__in=codes, number__lt=rows[0].number) if rows else job.rows.none()
        return cls({key or "" for key in keys}, set(identifiers), set(before.values_list("code", flat=True)))

    def has(self, row: ImportRow) -> bool:
        """Whether the library has the record already."""
        return row.code in self.keys or row.cells[0] in self.identifiers


def code_of(job: Import, row: ImportRow, entry: Entry) -> str:
    """The key of the record, as a row keeps it; empty for one that has none, is withdrawn, or whose key is too long."""
    key = key_of(job, entry) if row.cells[0] and not entry.get("withdrawn") else ""
    return key if len(key) <= LONGEST_KEY else ""


def key_of(job: Import, entry: Entry) -> str:
    """The own code where it is one of this office, else one made from the identifier: nobody takes the code of another office."""
    own, office = str(entry.get("source_key") or ""), f"{job.office.code}/"
    return own if own.startswith(office) else f"{office}{entry['identifier']}"


def skip(row: ImportRow) -> None:
    """The record is there already."""
    row.outcome, row.noted = Outcome.SKIP, ""
    row.notes = [Note(-1, SKIPPED, "", _("Đã có trong thư viện.")).as_json()]


def refuse(row: ImportRow, why: str) -> None:
    """The record is not imported."""
    row.outcome, row.noted = Outcome.REFUSE, REFUSED
    row.notes = [Note(-1, REFUSED, row.cells[1] or row.cells[0], why).as_json()]


def sentence_of(error: Exception) -> str:
    """What is wrong with the content, in words."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) if type(error) is ValueError and str(error) else _("Nội dung không đọc được.")
