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
    known: int = 0
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

    def take_files(self) -> None:
        """Takes the originals of new records in, each once."""
        for told in self.bag.records():
            if self._known([told]):
                continue
            for file in told.get("files", ()):
                if file["original"] and file["sha256"] not in self.assets:
                    self._take(file)

    def create(self) -> None:
        """Creates what is not there, without what records name of one another."""
        waiting: list[tuple[str, NewRecord]] = []
        for told in self.bag.records():
            self.report.read += 1
            draft = self._draft(told)
            if draft is not None:
                waiting.append((told["identifier"], draft))
            if len(waiting) >= AT_ONCE:
                self._create(waiting)
                waiting = []
        self._create(waiting)

    def connect(self) -> None:
        """Adds what the new records name: other records, people with a record, communities."""
        for told in self.bag.records():
            if told.get("identifier") not in self.fresh:
                continue
            named = [*told["relations"], *(person for person in told["people"] if person["record"])]
            if named or told["communities"] or _names_records(told, self.codes, self.assets, self.keys):
                self._connect(told)

    def _take(self, file: Mapping[str, Any]) -> None:
        try:
            with self.bag.open(file["original"]) as stream:
                self.assets[file["sha256"]] = ingest(stream, str(file["name"]), user=self.user)
            self.report.files += 1
        except Refused as refused:
            self.report.refused_files[str(file["name"])] = str(refused.message)

    def _key(self, told: Mapping[str, Any]) -> str:
        """The own code where it is one of this office, else one made from the identifier: nobody takes the code of another office."""
        own, office = str(told.get("source_key") or ""), f"{self.office.code}/"
        return own if own.startswith(office) else f"{office}{told['identifier']}"

    def _known(self, told: list[Mapping[str, Any]]) -> dict[str, int]:
        """Identifier in the bag → record that is there already."""
        by_key = {self._key(each): each["identifier"] for each in told}
        found = Record.objects.filter(source_key__in=by_key) | Record.objects.filter(identifier__in=by_key.values())
        return {by_key.get(key or "", identifier): pk for pk, key, identifier in found.values_list("pk", "source_key", "identifier")}

    def _draft(self, told: Mapping[str, Any]) -> NewRecord | None:
        """The draft of one record; None for one that is there, or that is refused."""
        identifier = str(told.get("identifier", ""))
        try:
            if not identifier or told["withdrawn"]:
                raise ValueError(_("Tư liệu đã gỡ xuống thì không nhập lại."))
            known = self._known([told])
            if known:
                self.keys |= known
                self.report.known += 1
                return None
            return draft_of(told, self._key(told), self.codes, self.assets, self.user)
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

    def _connect(self, told: Mapping[str, Any]) -> None:
        record = Record.objects.get(pk=self.keys[told["identifier"]])
        relations = [each for each in told["relations"] if each["record"] in self.keys]
        rows: dict[str, list[Any]] = {
            "relations": [
                RecordRelation(sort_order=at, kind=each["kind"], target_id=self.keys[each["record"]]) for at, each in enumerate(relations)
            ]
        }
        if any(person["record"] for person in told["people"]):
            rows["people"] = [
                RecordPerson(sort_order=at, role=each["role"], name=each["name"], person_id=self.keys.get(each["record"]))
                for at, each in enumerate(told["people"])
                if each["name"] or each["record"] in self.keys
            ]
        for name, children in rows.items():
            setattr(record, name, children)
        record.communities = [self.codes.key("communities", slug) for slug in told["communities"]]
        details = details_of(told, self.codes, self.assets, self.keys)
        record.details = as_stored(profile(record.record_type), details, seed=record.identifier) if details else []  # type: ignore[assignment]
        record.save()


def _names_records(told: Mapping[str, Any], codes: Codes, assets: Mapping[str, Any], keys: Mapping[str, int]) -> bool:
    return details_of(told, codes, assets, keys) != details_of(told, codes, assets, {})
