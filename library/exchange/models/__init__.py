"""The tables of imports and exports."""

from .exports import Export, ExportState
from .imports import Import, State
from .rows import ImportedFile, ImportedKeyword, ImportedRecord, ImportRow, Outcome, RememberedColumn
from .sheet_templates import SheetTemplate

__all__ = [
    "Export",
    "ExportState",
    "Import",
    "ImportRow",
    "ImportedFile",
    "ImportedKeyword",
    "ImportedRecord",
    "Outcome",
    "RememberedColumn",
    "SheetTemplate",
    "State",
]
