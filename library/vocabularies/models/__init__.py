"""The tables of the authorities. Loaded from collections/vocabularies/ by load.py; a row that a person edited is never overwritten."""

from .groups import EthnicGroup, GroupCode, GroupName
from .rows import UNKNOWN_START, LoadedFolder, LoadedRow
from .sources import Source
from .terms import Term, Vocabulary, in_vocabulary
from .units import AdminChange, AdminUnit

__all__ = [
    "UNKNOWN_START",
    "AdminChange",
    "AdminUnit",
    "EthnicGroup",
    "GroupCode",
    "GroupName",
    "LoadedFolder",
    "LoadedRow",
    "Source",
    "Term",
    "Vocabulary",
    "in_vocabulary",
]
