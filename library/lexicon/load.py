"""The action that loads the word lists of a folder, in one transaction: with an error in any row, nothing is loaded."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from library.vocabularies.loading.folders import is_loaded, remember
from library.vocabularies.loading.rows import Row, read_rows
from library.vocabularies.loading.sync import Entry, Report, sync_rows
from library.vocabularies.models import EthnicGroup, Term

from .models import Concept, Word, WordList

NAME = "words"
NOT_STATED = "not stated"  # the file's words for a country that no source names


def load_words(folder: Path | None = None, *, if_changed: bool = False) -> Report:
    """Loads collections/words, or another folder with the same files; returns what changed. The authorities must have been loaded before.

    A second load changes nothing; with ``if_changed`` files that are those of the last load are not read. Raises BrokenFileError.
    """
    folder = folder or settings.COLLECTIONS_DIR / NAME
    report = Report()
    if if_changed and is_loaded(NAME, folder):
        return report
    with transaction.atomic():
        concepts = _concepts(folder, report)
        lists = _lists(folder, report)
        words = read_rows(folder / "words.csv", lambda row: _word(row, lists, concepts))
        sync_rows(Word, ["list_id", "concept_id", "form"], words, report)
        remember(NAME, folder)
    return report


def _concepts(folder: Path, report: Report) -> dict[str, Concept]:
    fields = {term.code: term for term in Term.objects.filter(vocabulary__code="meaning_fields")}

    def entry(row: Row) -> Entry:
        values = {
            "code": row.required("code"),
            "label_vi": row.required("label_vi"),
            "label_en": row.required("label_en"),
            "field_id": row.meaning("field", row.required("field"), fields).pk,
            "concepticon_id": row.text("concepticon_id"),
            "order": row.integer("order"),
        }
        return Entry(row, values)

    rows = sync_rows(Concept, ["code"], read_rows(folder / "concepts.csv", entry), report)
    return {concept.code: concept for concept in rows.values()}


def _lists(folder: Path, report: Report) -> dict[str, WordList]:
    groups = {group.code: group for group in EthnicGroup.objects.all()}
    languages = Term.objects.filter(vocabulary__code="languages").select_related("merged_into")
    by_iso = {term.extra["iso639_3"]: term.merged_into or term for term in languages if "iso639_3" in term.extra}

    def entry(row: Row) -> Entry:
        language = by_iso.get(row.text("iso639_3"))  # many varieties have a code of their own that no people's language has
        country = row.required("country")
        values = {
            **{name: row.required(name) for name in ("code", "variety", "confidence", "licence", "citation", "dataset")},
            "language_id": language.pk if language else None,
            "glottocode": row.text("glottocode"),
            "country": "" if country == NOT_STATED else country,
        }
        return Entry(row, values, {"groups": sorted(group.pk for group in row.meanings("group_codes", groups))})

    rows = sync_rows(WordList, ["code"], read_rows(folder / "lists.csv", entry), report)
    return {words.code: words for words in rows.values()}


def _word(row: Row, lists: dict[str, WordList], concepts: dict[str, Concept]) -> Entry:
    values = {
        "list_id": row.meaning("list", row.required("list"), lists).pk,
        "concept_id": row.meaning("concept", row.required("concept"), concepts).pk,
        "form": row.required("form"),
        "ipa": row.text("ipa"),
        "note": row.text("note"),
    }
    return Entry(row, values)
