"""The verb: load the starter collection, records first, then their files. A second load changes nothing."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from library.vocabularies.loading.folders import is_loaded, remember
from library.vocabularies.loading.rows import BrokenFileError, CellError, read_rows
from library.vocabularies.loading.sync import Report

from .documents import document_draft
from .drafts import Draft, Lookups
from .festivals import festival_draft
from .heritage import listing_draft, practice_draft
from .media import load_media
from .things import thing_draft
from .words import word_draft
from .write import write_drafts

NAME, MEDIA = "starter", "media"


def load_starter(folder: Path | None = None, *, if_changed: bool = False) -> Report:
    """Load collections/starter as records and say what changed. The authorities must have been loaded before.

    High confidence is published, medium with a source is public with its badge, the rest waits as a draft. Raises BrokenFileError
    naming file, line and field; then no record has been loaded. ``if_changed``: read nothing while the files are those
    of the last load.
    """
    folder = folder or settings.COLLECTIONS_DIR / NAME
    report = Report()
    if if_changed and is_loaded(NAME, folder):
        return report
    with transaction.atomic():
        lookups = Lookups()
        write_drafts(read_drafts(folder, lookups), lookups, report)
    if (folder / MEDIA).is_dir():
        load_media(folder / MEDIA, lookups, report)
    remember(NAME, folder)
    return report


def read_drafts(folder: Path, lookups: Lookups) -> list[Draft]:
    """Every row of the starter files as a draft of a record, listings related to what they list."""
    listed_rows = read_rows(folder / "heritage_elements.csv", lambda row: listing_draft(row, lookups))
    listings = {draft.source_key: draft for draft in listed_rows}
    practices = read_rows(folder / "practices.csv", lambda row: practice_draft(row, lookups, listings))
    festivals = read_rows(folder / "festivals.csv", lambda row: festival_draft(row, lookups))
    things = read_rows(folder / "costumes_products.csv", lambda row: thing_draft(row, lookups))
    documents = read_rows(folder / "documents.csv", lambda row: document_draft(row, lookups))
    concepts = {row.required("concept_en"): row for row in read_rows(folder / "concepts.csv", lambda row: row)}
    words = read_rows(folder / "language_wordlists.csv", lambda row: word_draft(row, lookups, concepts))
    listed = _listed_by(practices, festivals + things, listings)
    related = [replace(draft, listing_of=listed.get(draft.source_key, ())) for draft in listed_rows]
    return _each_id_once(related + practices + festivals + things + documents + _numbered(words))


def _numbered(words: list[Draft]) -> list[Draft]:
    """A list may give two words of one variety for one meaning: the second is told from the first by a number."""
    seen: Counter[str] = Counter()
    numbered = []
    for word in words:
        seen[word.source_key] += 1
        count = seen[word.source_key]
        numbered.append(replace(word, source_key=f"{word.source_key}:{count}") if count > 1 else word)
    return numbered


def _each_id_once(drafts: list[Draft]) -> list[Draft]:
    first: dict[str, Draft] = {}
    for draft in drafts:
        other = first.setdefault(draft.source_key, draft)
        if other is not draft:
            reason = _("mã “%(id)s” đã có ở %(file)s, dòng %(line)s") % {
                "id": draft.source_key,
                "file": other.row.file,
                "line": other.row.line,
            }
            raise BrokenFileError([CellError(draft.row.file, draft.row.line, "id", reason)])
    return drafts


def _listed_by(practices: list[Draft], others: list[Draft], listings: dict[str, Draft]) -> dict[str, list[str]]:
    """Source key of a listing → source keys of what it lists. Raises BrokenFileError for a row that names no listing there is."""
    listed: dict[str, list[str]] = {}
    for draft in practices:
        for key in draft.row.values("listings"):
            listed.setdefault(key, []).append(draft.source_key)
    for draft in others:
        key = draft.row.text("heritage_id")
        if key in listings:
            listed.setdefault(key, []).append(draft.source_key)
    return listed
