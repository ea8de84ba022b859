"""The catalogue's tables."""

from .identifiers import MintedIdentifier
from .media import RecordMedia
from .parts import RecordDate, RecordLabel, RecordPerson, RecordRelation, RecordSource, RecordTag, RecordText
from .record import Record

__all__ = [
    "MintedIdentifier",
    "Record",
    "RecordDate",
    "RecordLabel",
    "RecordMedia",
    "RecordPerson",
    "RecordRelation",
    "RecordSource",
    "RecordTag",
    "RecordText",
]
