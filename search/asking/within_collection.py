"""Searching inside one collection: which records it has. Asked of the database with every search, so that it is never behind."""

from library.access import Viewer
from library.presentation.queries import types_of
from library.records.models import Record
from library.records.profiles import profile
from library.records.profiles.values import stored_values
from library.records.queryset import RecordQuerySet

COLLECTION = "collection"
PART_OF = "part_of"


def collections_for(viewer: Viewer) -> RecordQuerySet:
    """The collections that a reader may see."""
    return Record.objects.visible_to(viewer).filter(record_type__in=types_of(COLLECTION))


def members_of(identifier: str, viewer: Viewer) -> tuple[int, ...]:
    """Ids of the records that a collection names and of those that say they are part of it; none of a collection that the reader
    may not see. Which of them the reader may see, the search itself decides."""
    collection = collections_for(viewer).filter(identifier=identifier).first()
    if collection is None:
        return ()
    named = stored_values(profile(collection.record_type), collection.details).get("members", [])
    parts = collection.incoming_relations.filter(kind=PART_OF).values_list("record_id", flat=True)
    return tuple(dict.fromkeys([*named, *parts]))


def titles_for(viewer: Viewer) -> dict[str, str]:
    """Identifier → title of the collections that a reader may see."""
    return {collection.identifier: collection.title for collection in collections_for(viewer).only("identifier", "title_vi", "title_en")}
