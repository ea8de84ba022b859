"""The tables of the authorities. Loaded from collections/vocabularies/ by load.py; a row that a person edited is never overwritten."""

from .groups import EthnicGroup, GroupCode, GroupName
from .merges import TermMerge
from .rows import UNKNOWN_START, LabelledRow, LoadedFolder, LoadedRow
from .sources import Source
from .terms import FIXED_VOCABULARIES, OPEN_VOCABULARIES, Term, TermLabel, Vocabulary, in_vocabulary, label_in_list
from .units import AdminChange, AdminUnit

__all__ = [
    "FIXED_VOCABULARIES",
    "OPEN_VOCABULARIES",
    "UNKNOWN_START",
    "AdminChange",
    "AdminUnit",
    "EthnicGroup",
    "GroupCode",
    "GroupName",
    "LabelledRow",
    "LoadedFolder",
    "LoadedRow",
    "Source",
    "Term",
    "TermLabel",
    "TermMerge",
    "Vocabulary",
    "in_vocabulary",
    "label_in_list",
]
