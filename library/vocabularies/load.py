"""The verb: load every authority file. One transaction: a broken row leaves the library as it was."""

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
    """Load collections/vocabularies (or another folder of the same files) and say what changed.

    A second load changes nothing; a row that a person edited is reported and left alone. Raises BrokenFileError naming file,
    line and field when a file cannot be read; then nothing at all has been loaded. ``if_changed``: read nothing while the files
    are those of the last load.
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
