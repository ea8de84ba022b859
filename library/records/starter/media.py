"""Files of the starter collection: ingested by the media pipeline and linked to their records, with captions and text tracks."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from library.vocabularies.loading.rows import BrokenFileError, CellError, Row, read_rows
from library.vocabularies.loading.sync import Report
from media_pipeline.intake.ingest import Refused, ingest
from media_pipeline.models import Asset, TextTrack
from media_pipeline.tracks.editing import import_track

from ..models import Record, RecordMedia
from ..signals import announce
from .drafts import Lookups

MANIFEST = "manifest.csv"
TEXTS = ("caption_vi", "caption_en", "alt_vi", "alt_en", "made_note", "credit")
VIETNAMESE, ENGLISH = "vi", "en"
# column of the manifest → role and language of the text track
TRACKS = {
    "subtitles_en": (TextTrack.Role.TRANSLATION, ENGLISH),
    "chapters": (TextTrack.Role.CHAPTERS, VIETNAMESE),
}


def load_media(folder: Path, lookups: Lookups, report: Report) -> None:
    """Ingests each file of the manifest once. A file whose link a person has removed is not linked again.

    Raises BrokenFileError when the manifest names a file or a record that does not exist, or the pipeline refuses a file.
    """
    records = {record.source_key or "": record for record in Record.objects.exclude(source_key=None)}
    lines = read_rows(folder / MANIFEST, lambda row: (row, row.meaning("record", row.required("record"), records), _bytes(row, folder)))
    for row, record, content in lines:
        label = str(Asset._meta.verbose_name)
        if Asset.objects.filter(original__sha256=sha256(content).hexdigest(), name_as_given=row.text("file")).exists():
            report.unchanged[label] += 1
            continue
        with transaction.atomic():
            asset = _ingest(row, folder)
            _link(row, record, asset, lookups)
            _add_tracks(asset, row, folder)
        announce([record.pk])
        report.created[label] += 1


def _bytes(row: Row, folder: Path) -> bytes:
    for name in filter(None, (row.required("file"), row.text("captions"), *(row.text(column) for column in TRACKS))):
        if not (folder / name).is_file():
            row.fail("file", name)
    return (folder / row.required("file")).read_bytes()


def _ingest(row: Row, folder: Path) -> Asset:
    path = folder / row.text("file")
    try:
        with path.open("rb") as stream:
            asset = ingest(stream, path.name)
    except Refused as refused:
        raise BrokenFileError([CellError(row.file, row.line, "file", str(refused.message))]) from refused
    if asset.kind == Asset.Kind.DOCUMENT:  # lists that the library printed itself: readers take them away whole
        asset.publish_original = True
        asset.save(update_fields=["publish_original"])
    return asset


def _link(row: Row, record: Record, asset: Asset, lookups: Lookups) -> None:
    texts: dict[str, Any] = {name: row.text(name) for name in TEXTS}
    rights = row.meaning("rights", row.required("rights"), lookups.terms("rights_statements"))
    RecordMedia.objects.create(record=record, asset=asset, rights=rights, sort_order=record.media.count(), **texts)


def _add_tracks(asset: Asset, row: Row, folder: Path) -> None:
    """Imports the text tracks: what the machine voice reads, as captions of a film or as a transcript, then the other tracks."""
    spoken_role = TextTrack.Role.CAPTIONS if asset.kind == Asset.Kind.VIDEO else TextTrack.Role.TRANSCRIPT
    for column, (role, language) in {"captions": (spoken_role, VIETNAMESE), **TRACKS}.items():
        if name := row.text(column):
            import_track(asset, (folder / name).read_bytes(), role=role, language=language, source=TextTrack.Source.MACHINE)
