"""The tables of imports and exports."""

from .exports import Export, ExportState
from .imports import Import, State
from .rows import ImportedFile, ImportedRecord, ImportRow, Outcome, RememberedColumn

__all__ = ["Export", "ExportState", "Import", "ImportRow", "ImportedFile", "ImportedRecord", "Outcome", "RememberedColumn", "State"]
