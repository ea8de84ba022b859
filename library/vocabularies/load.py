"""The action that loads all authority files, in one transaction: with an error in any row, nothing is loaded."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from .loading.folders import is_loaded, remember
from .loading.groups import load_groups
from .loading.sources import load_offices, load_sources
from .loading.sync import Report
from .loading.terms import load_terms
from .loading.units import load_units
from .lookup import forget_term_labels

NAME = "vocabularies"


def load_authorities(folder: Path | None = None, *, if_changed: bool = False) -> Report:
    """Loads collections/vocabularies, or another folder with the same files; returns what changed.

    A second load changes nothing. A row that a person edited is reported and not changed. Raises BrokenFileError, with file, line
    and field, when a file has errors; then nothing has been loaded. With ``if_changed`` no file is read when the files are those of
    the last load.
    """
    folder = folder or settings.COLLECTIONS_DIR / NAME
    report = Report()
    if if_changed and is_loaded(NAME, folder):
        return report
    with transaction.atomic():
        load_sources(folder, report)
        terms = load_terms(folder, report)
        units = load_units(folder, report)
        load_groups(folder, terms, units, report)
        load_offices(folder, report)
        remember(NAME, folder)
    forget_term_labels()
    return report
