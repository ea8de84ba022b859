"""Rows of the search package: changes that wait for an index, searches without results and their tasks, what curators set for questions,
saved searches and their alerts."""

from .curated import CuratedBar, CuratedPin, CuratedQuestion, CuratedSynonym
from .index import IndexedVersion, IndexEvent, RecordVector
from .saved import Alert, SavedSearch
from .zero_results import SearchTask, ZeroResultQuery

__all__ = [
    "Alert",
    "CuratedBar",
    "CuratedPin",
    "CuratedQuestion",
    "CuratedSynonym",
    "IndexEvent",
    "IndexedVersion",
    "RecordVector",
    "SavedSearch",
    "SearchTask",
    "ZeroResultQuery",
]
