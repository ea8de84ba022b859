"""The action that loads the starter collection: records first, then their files. A second load changes nothing."""

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from library.vocabularies.loading.folders import is_loaded, remember
from library.vocabularies.loading.rows import BrokenFileError, CellError, read_rows
from library.vocabularies.loading.sync import Report

from .drafts import Draft, Lookups
from .media import load_media
from .types.architecture import architecture_draft
from .types.documents import document_draft
from .types.festivals import festival_draft
from .types.heritage import listing_draft, practice_draft
from .types.histories import history_draft
from .types.knowledge import knowledge_draft
from .types.people_and_places import person_or_place_draft
from .types.performances import performance_draft
from .types.rituals import ritual_draft
from .types.things import thing_draft
from .types.words import word_draft
from .write import write_drafts

NAME, MEDIA = "starter", "media"
#: Files whose rows become one record each → how. A row may name the listing that lists it (``heritage_id``).
FILES = {
    "festivals.csv": festival_draft,
    "costumes_products.csv": thing_draft,
    "performing_arts.csv": performance_draft,
    "rituals.csv": ritual_draft,
    "knowledge.csv": knowledge_draft,
    "architecture.csv": architecture_draft,
    "history.csv": history_draft,
    "people_places.csv": person_or_place_draft,
}


def load_starter(folder: Path | None = None, *, if_changed: bool = False) -> Report:
    """Loads collections/starter as records; returns what changed. The authorities must have been loaded before.

    High confidence is published, medium with a source is published with a badge, the rest stays a draft. Raises BrokenFileError, with
    file, line and field, when a file has errors; then no record has been loaded. With ``if_changed`` no file is read when the files
    are those of the last load.
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
    """Every row of the starter files as a draft; listings are linked to what they list."""
    listing_drafts = read_rows(folder / "heritage_elements.csv", lambda row: listing_draft(row, lookups))
    listings = {draft.source_key: draft for draft in listing_drafts}
    practices = read_rows(folder / "practices.csv", lambda row: practice_draft(row, lookups, listings))
    described = [draft for name, make in FILES.items() for draft in read_rows(folder / name, partial(make, lookups=lookups))]
    documents = read_rows(folder / "documents.csv", lambda row: document_draft(row, lookups))
    concepts = {row.required("concept_en"): row for row in read_rows(folder / "concepts.csv", lambda row: row)}
    words = read_rows(folder / "language_wordlists.csv", lambda row: word_draft(row, lookups, concepts))
    listed_by = _listed_by(practices, described, listings)
    related = [replace(draft, listing_of=listed_by.get(draft.source_key, ())) for draft in listing_drafts]
    return _with_unique_keys(related + practices + described + documents + _numbered(words))


def _numbered(words: list[Draft]) -> list[Draft]:
    """A list may have two words of one variety with one meaning: the key of the second gets a number."""
    counts: Counter[str] = Counter()
    drafts = []
    for word in words:
        counts[word.source_key] += 1
        count = counts[word.source_key]
        drafts.append(replace(word, source_key=f"{word.source_key}:{count}") if count > 1 else word)
    return drafts


def _with_unique_keys(drafts: list[Draft]) -> list[Draft]:
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
    """Source key of a listing → source keys of what it lists."""
    listed_by: dict[str, list[str]] = {}
    for draft in practices:
        for key in draft.row.values("listings"):
            listed_by.setdefault(key, []).append(draft.source_key)
    for draft in others:
        for key in draft.row.values("heritage_id"):
            listed_by.setdefault(key, []).append(draft.source_key)
    return listed_by
