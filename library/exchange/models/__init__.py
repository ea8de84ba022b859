"""The tables of imports."""

from .imports import Import, State
from .rows import ImportedFile, ImportedRecord, ImportRow, Outcome, RememberedColumn

__all__ = ["Import", "ImportRow", "ImportedFile", "ImportedRecord", "Outcome", "RememberedColumn", "State"]
