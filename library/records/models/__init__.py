"""The catalogue's tables."""

from .media import RecordMedia
from .parts import RecordDate, RecordLabel, RecordPerson, RecordRelation, RecordSource, RecordTag, RecordText
from .record import MintedIdentifier, Record

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
