"""The action that imports a bag: all its records become drafts of one office, with their files, or none does.

A record that is in the library already, by its identifier or by the key that an earlier import of the bag gave it, is left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from library.accounts.models import Office
from library.records.actions.create_many import NewRecord, create_many
from library.records.models import Record, RecordPerson, RecordRelation
from library.records.profiles import profile
from library.records.profiles.values import as_stored
from media_pipeline.errors import Refused
from media_pipeline.intake.ingest import ingest

from ...access import require_import
from .codes import Codes, UnknownCodeError
from .reading import Bag, open_bag
from .record import details_of, draft_of

AT_ONCE = 200
BAD = (KeyError, TypeError, ValueError, AttributeError, ValidationError)  # what wrong content raises


@dataclass
class BagReport:
    """What became of the records: read = created + there already + refused. ``refused``: identifier in the bag → why."""

    read: int = 0
    created: int = 0
    existing: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    files: int = 0
    refused_files: dict[str, str] = field(default_factory=dict)  # name → why


def import_bag(path: Path, *, user: Any, office: Office, write: bool) -> BagReport:
    """Checks the bag, and with ``write`` creates its records. Raises SheetError, and Waiting while files cannot be taken in."""
    require_import(user)
    if not office.path.startswith(user.office.path):
        raise PermissionDenied
    with open_bag(path) as bag:
        work = _Work(bag, user, office)
        if write:
            work.take_files()
        with transaction.atomic():
            work.create()
            work.connect()
            if not write:
                transaction.set_rollback(True)
    return work.report


class _Work:
    def __init__(self, bag: Bag, user: Any, office: Office) -> None:
        self.bag, self.user, self.office = bag, user, office
        self.codes, self.report = Codes(), BagReport()
        self.assets: dict[str, Any] = {}  # checksum → file
        self.keys: dict[str, int] = {}  # identifier in the bag → record of this library
        self.fresh: set[str] = set()  # identifiers in the bag of what was created
        self.seen: set[str] = set()  # keys of the records that were read

    def take_files(self) -> None:
        """Takes the originals of new records in, each once."""
        for entry in self.bag.records():
            if self._existing([entry]):
                continue
            for file in entry.get("files", ()):
                if file["original"] and file["sha256"] not in self.assets:
                    self._take(file)

    def create(self) -> None:
        """Creates what is not there, without what records name of one another."""
        waiting: list[tuple[str, NewRecord]] = []
        for entry in self.bag.records():
            self.report.read += 1
            draft = self._draft(entry)
            if draft is not None:
                waiting.append((entry["identifier"], draft))
            if len(waiting) >= AT_ONCE:
                self._create(waiting)
                waiting = []
        self._create(waiting)

    def connect(self) -> None:
        """Adds what the new records name: other records, people with a record, communities."""
        for entry in self.bag.records():
            if entry.get("identifier") not in self.fresh:
                continue
            named = [*entry["relations"], *(person for person in entry["people"] if person["record"])]
            if named or entry["communities"] or _names_records(entry, self.codes, self.assets, self.keys):
                self._connect(entry)

    def _take(self, file: Mapping[str, Any]) -> None:
        try:
            with self.bag.open(file["original"]) as stream:
                self.assets[file["sha256"]] = ingest(stream, str(file["name"]), user=self.user)
            self.report.files += 1
        except Refused as refused:
            self.report.refused_files[str(file["name"])] = str(refused.message)

    def _key(self, entry: Mapping[str, Any]) -> str:
        """The own code where it is one of this office, else one made from the identifier: nobody takes the code of another office."""
        own, office = str(entry.get("source_key") or ""), f"{self.office.code}/"
        return own if own.startswith(office) else f"{office}{entry['identifier']}"

    def _existing(self, entries: list[Mapping[str, Any]]) -> dict[str, int]:
        """Identifier in the bag → record that is there already."""
        by_key = {self._key(each): each["identifier"] for each in entries}
        found = Record.objects.filter(source_key__in=by_key) | Record.objects.filter(identifier__in=by_key.values())
        return {by_key.get(key or "", identifier): pk for pk, key, identifier in found.values_list("pk", "source_key", "identifier")}

    def _draft(self, entry: Mapping[str, Any]) -> NewRecord | None:
        """The draft of one record; None for one that is there, or that is refused."""
        identifier = str(entry.get("identifier", ""))
        try:
            if not identifier or entry["withdrawn"]:
                raise ValueError(_("Tư liệu đã gỡ xuống thì không nhập lại."))
            if self._key(entry) in self.seen:
                raise ValueError(_("Tư liệu này có hai lần trong gói."))
            self.seen.add(self._key(entry))
            existing = self._existing([entry])
            if existing:
                self.keys |= existing
                self.report.existing += 1
                return None
            return draft_of(entry, self._key(entry), self.codes, self.assets, self.user)
        except UnknownCodeError as error:
            self.report.refused[identifier] = _("Thư viện này chưa có mã “%(code)s”.") % {"code": error}
        except BAD as error:
            self.report.refused[identifier] = str(error) or _("Nội dung không đọc được.")
        return None

    def _create(self, waiting: list[tuple[str, NewRecord]]) -> None:
        try:
            records = create_many([draft for _identifier, draft in waiting], office=self.office, user=self.user)
        except ValidationError as error:
            if len(waiting) == 1:
                self.report.refused[waiting[0][0]] = " ".join(error.messages)
                return
            for one in waiting:
                self._create([one])
            return
        for (identifier, _draft), record in zip(waiting, records, strict=True):
            self.keys[identifier] = record.pk
            self.fresh.add(identifier)
        self.report.created += len(records)

    def _connect(self, entry: Mapping[str, Any]) -> None:
        record = Record.objects.get(pk=self.keys[entry["identifier"]])
        relations = [each for each in entry["relations"] if each["record"] in self.keys]
        rows: dict[str, list[Any]] = {
            "relations": [
                RecordRelation(sort_order=at, kind=each["kind"], target_id=self.keys[each["record"]]) for at, each in enumerate(relations)
            ]
        }
        if any(person["record"] for person in entry["people"]):
            rows["people"] = [
                RecordPerson(sort_order=at, role=each["role"], name=each["name"], person_id=self.keys.get(each["record"]))
                for at, each in enumerate(entry["people"])
                if each["name"] or each["record"] in self.keys
            ]
        for name, children in rows.items():
            setattr(record, name, children)
        record.communities = [self.codes.key("communities", slug) for slug in entry["communities"]]
        details = details_of(entry, self.codes, self.assets, self.keys)
        record.details = as_stored(profile(record.record_type), details, seed=record.identifier) if details else []  # type: ignore[assignment]
        record.save()


def _names_records(entry: Mapping[str, Any], codes: Codes, assets: Mapping[str, Any], keys: Mapping[str, int]) -> bool:
    return details_of(entry, codes, assets, keys) != details_of(entry, codes, assets, {})
