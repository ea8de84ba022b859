"""The catalogue's tables."""

from .authors import RecordAuthor
from .consents import ContactConsent
from .festivals import FestivalOccurrence
from .identifiers import MintedIdentifier
from .keywords import RecordTag
from .links import RecordPerson, RecordRelation, RecordSource
from .listings import HeritageListing
from .media import RecordMedia
from .parts import RecordDate, RecordLabel, RecordText
from .record import Record
from .term_uses import TermUse
from .timeline import TimelineDate

__all__ = [
    "ContactConsent",
    "FestivalOccurrence",
    "HeritageListing",
    "MintedIdentifier",
    "Record",
    "RecordAuthor",
    "RecordDate",
    "RecordLabel",
    "RecordMedia",
    "RecordPerson",
    "RecordRelation",
    "RecordSource",
    "RecordTag",
    "RecordText",
    "TermUse",
    "TimelineDate",
]
