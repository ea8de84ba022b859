"""Writes the files of one issue into a working folder: pages, data for the search, media, the signed manifest; and what is new."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify

from library.language.collation import vietnamese_order
from media_pipeline.models import Blob
from media_pipeline.storage import main_storage
from media_pipeline.text.folding import fold

from ..archive.delta import changed_paths, is_unchanged, write_delta
from ..archive.writing import MANIFEST, SIGNATURE, Archive, DamagedFileError
from ..content.frame import Frame, static_files
from ..content.records import Written, batches, path_of_record, written_pages
from ..content.stories import story_of
from ..content.words import WrittenList, lists_of_subject, path_of_list, written_lists
from ..models import Pack, PackedRecord
from ..signing import sign
from ..subjects import Subject

FORMAT = 1  # of the manifest
WHOLE, NEW, ZIM = "whole.zip", "new.zip", "whole.zim"
Step = Callable[[int], None]  # takes how many records are written


@dataclass(slots=True)
class Built:
    """What was written. ``new`` is None for a first issue; ``unchanged``: nothing differs from the issue before."""

    manifest: dict[str, Any]
    whole: Path
    new: Path | None
    unchanged: bool
    packed: list[PackedRecord] = field(default_factory=list)


def build(pack: Pack, subject: Subject, previous: dict[str, Any], folder: Path, step: Step) -> Built:
    """Writes the next issue of a pack. ``previous`` is the manifest of the one before, or empty.

    Raises DamagedFileError; and whatever ``step`` raises, which is called after each round of records and while media are copied.
    """
    number, when = pack.numbers + 1, timezone.now()
    keys = sorted(
        subject.records.order_by().values_list("title_vi", "pk", "identifier"), key=lambda row: (vietnamese_order(row[0]), row[1])
    )
    lists = lists_of_subject(subject.owner)
    inside = {reverse("record", args=[identifier]): path_of_record(identifier) for _title, _pk, identifier in keys}
    inside |= {reverse("word-list", args=[words.code]): path_of_list(words) for words in lists}
    frame = Frame(pack, number, inside)
    packed: list[PackedRecord] = []
    with Archive(folder / WHOLE, folder_of(pack), when) as archive:
        entries = []
        for some in batches([pk for _title, pk, _identifier in keys]):
            for written in _add_records(archive, written_pages(some, frame), step, len(packed)):
                entries.append(written.entry)
                packed.append(_row(pack, number, written))
            step(len(packed))
        word_lists = list(written_lists(lists, frame))
        for each in word_lists:
            archive.add(each.path, each.html)
        manifest = _manifest(pack, subject, number, when, previous, packed)
        told = {"entries": entries, "lists": word_lists, "story": story_of(subject.owner), "manifest": manifest, "when": when}
        archive.add("index.html", frame.page("index.html", told, "index.html"))
        archive.add("data/pack.js", _data(pack, number, entries, word_lists))
        for path, content in static_files().items():
            archive.add(path, content)
        manifest |= {"files": archive.files}
        archive.add_signed(MANIFEST, SIGNATURE, manifest, sign)
    return _compared(manifest, previous, folder, packed, when)


def folder_of(pack: Pack) -> str:
    """The folder that unpacking makes: ``goi-mong-text``, ``goi-mong-text-en``. The same for every issue: new files replace old ones."""
    ending = "" if pack.language == settings.LANGUAGE_CODE else f"-{pack.language}"
    return f"goi-{slugify(fold(pack.name))[:60].strip('-') or pack.pk}-{pack.weight}{ending}"


def _add_records(archive: Archive, pages: Iterator[Written], step: Step, begun: int) -> Iterator[Written]:
    """Adds a round of pages and their files. Rows of the files' bytes are read in one query."""
    some = list(pages)
    blobs = Blob.objects.in_bulk({file.derivative.blob_id for written in some for file in written.files if file.derivative})
    storage = main_storage(patient=True)
    for done, written in enumerate(some):
        for file in written.files:
            if file.derivative:
                blob = blobs[file.derivative.blob_id]
                try:
                    archive.add_stored(file.path, storage.stream(blob.key), blob.sha256, blob.size)
                except FileNotFoundError as error:
                    raise DamagedFileError(file.path) from error
                step(begun + done)
        archive.add(written.path, written.html)
        yield written


def _row(pack: Pack, number: int, written: Written) -> PackedRecord:
    return PackedRecord(
        pack=pack,
        record=written.record,
        identifier=written.record.identifier,
        number=number,
        assets=written.assets,
        tracks=written.tracks,
        contact=written.contact,
    )


def _manifest(
    pack: Pack, subject: Subject, number: int, when: datetime, previous: dict[str, Any], packed: list[PackedRecord]
) -> dict[str, Any]:
    """What ``manifest.json`` says, but for the files. The version of a record is the number of its published revision."""
    records = {row.identifier: row.record.live_revision_id for row in packed if row.record}
    before: dict[str, Any] = previous.get("records", {})
    return {
        "format": FORMAT,
        "folder": folder_of(pack),
        "name": subject.name,
        "subject": subject.value,
        "weight": pack.weight,
        "language": pack.language,
        "number": number,
        "issued": when.isoformat(timespec="seconds"),
        "site": settings.SITE_URL,
        "withdrawn": withdrawn_address(),
        "records": records,
        "new": [identifier for identifier in records if before and identifier not in before],
        "changed": [identifier for identifier, version in records.items() if identifier in before and before[identifier] != version],
        "removed": [identifier for identifier in before if identifier not in records],
    }


def withdrawn_address() -> str:
    """Where packs read what they have to hide: one address for all packs, that never changes."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("packs-withdrawn")


def _data(pack: Pack, number: int, entries: list[tuple[str, str, str, str]], lists: list[WrittenList]) -> str:
    """The script that gives the pages of the pack what the search and the list of withdrawn records need."""
    words = [[form, meaning, each.path, typed] for each in lists for form, meaning, typed in each.entries]
    data = {"pack": pack.pk, "number": number, "withdrawn": withdrawn_address(), "records": entries, "words": words}
    return f"window.PACK = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


def _compared(manifest: dict[str, Any], previous: dict[str, Any], folder: Path, packed: list[PackedRecord], when: datetime) -> Built:
    comparable = previous.get("folder") == manifest["folder"]
    built = Built(manifest, folder / WHOLE, None, comparable and is_unchanged(previous["files"], manifest["files"]), packed)
    if comparable and not built.unchanged and len(changed_paths(previous["files"], manifest["files"])) < len(manifest["files"]):
        built.new = folder / NEW
        write_delta(built.whole, built.new, previous, manifest, when, sign)
    return built
