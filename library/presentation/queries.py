"""Queries of the public pages: the records that a viewer may see, fetched for a line of a list or for a page of their own."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from library.access import PUBLIC, Viewer
from library.records.listings import heritage_types
from library.records.models import Record, RecordMedia, RecordRelation
from library.records.models.parts import RecordText
from library.records.profiles import profile
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup
from media_pipeline import derivative_names as names
from media_pipeline.models import Derivative, Segment

LISTING_OF = "listing_of"  # kind of relation: from a listing to what it lists
WORDS = "lexeme"
SHOWN_ON_A_LINE = ("identifier", "record_type", "title_vi", "title_en", "review_state")
ASKED_BY_THE_ACCESS_RULE = ("live", "access_level", "own_access", "community_keys", "office", "created_by")


def types_of(kind: str) -> frozenset[str]:
    """All record types that the profile of a kind serves. Raises KeyError for an unknown kind."""
    kind_profile = profile(kind)
    return frozenset({kind_profile.code, *kind_profile.serves})


def without_words(records: RecordQuerySet) -> RecordQuerySet:
    """The records that are no words: hundreds of words are entered at once, and have pages of their own."""
    return records.exclude(record_type__in=types_of(WORDS))


def for_lines(records: RecordQuerySet, *columns: str) -> RecordQuerySet:
    """The records with all that their lines in a list show and no more, in a fixed number of queries.

    ``columns``: what the caller reads beside it.
    """
    return bare_lines(records, *columns).prefetch_related(*parts_of_a_line())


def bare_lines(records: RecordQuerySet, *columns: str) -> RecordQuerySet:
    """The same in one query, without the ``parts_of_a_line``: for a caller who asks for the parts of some of the records later."""
    return records.only(*SHOWN_ON_A_LINE, *ASKED_BY_THE_ACCESS_RULE, *columns)


def parts_of_a_line() -> tuple[Prefetch, Prefetch, Prefetch]:
    """The groups and places of a record, and of its texts only the names."""
    groups = Prefetch("groups", EthnicGroup.objects.only("slug", "name_vi", "name_en"))
    places = Prefetch("places", AdminUnit.objects.only("label_vi", "label_en"))
    return groups, places, Prefetch("texts", RecordText.objects.filter(role=RecordText.Role.VERNACULAR_TITLE))


def for_pictured_lines(records: RecordQuerySet) -> RecordQuerySet:
    """The same, with the files from which a line takes its picture."""
    return for_lines(records).prefetch_related(*files_on_a_line())


def files_on_a_line() -> tuple[Prefetch, Prefetch]:
    """The files of a record with the derivatives that a line of a list shows or weighs: of documents only the first page."""
    first_page = Q(name__startswith=names.prefix(names.page_stem(1)))
    derivatives = Derivative.objects.filter(state=Derivative.State.CURRENT).filter(~Q(role=Derivative.Role.PAGE) | first_page)
    derivatives = derivatives.order_by("size_bytes")  # as everywhere, but without asking for the order of their files too
    return Prefetch("media", RecordMedia.objects.select_related("asset")), Prefetch("media__asset__derivatives", derivatives)


def visible_records(viewer: Viewer) -> RecordQuerySet:
    """The published records that the viewer may see; drafts stay in the admin even for those in charge."""
    return Record.objects.visible_to(viewer).filter(live=True)


def shown_in_lists(records: RecordQuerySet) -> RecordQuerySet:
    """The records that stand in lists by themselves: the listings of a practice that everybody may see hang under it."""
    types = heritage_types()
    practice = {"target__record_type__in": types, "target__live": True, "target__access_level": PUBLIC}
    hanging = Exists(RecordRelation.objects.filter(record=OuterRef("pk"), kind=LISTING_OF, **practice))
    return records.exclude(Q(record_type__in=types) & Q(hanging))


def for_page(records: RecordQuerySet, page_number: int) -> RecordQuerySet:
    """The records with their files; of documents only the first page and the page ``page_number``, since a book may have thousands."""
    pages = Q(name__startswith=names.prefix(names.page_stem(1))) | Q(name__startswith=names.prefix(names.page_stem(page_number)))
    derivatives = Derivative.objects.filter(state=Derivative.State.CURRENT).filter(~Q(role=Derivative.Role.PAGE) | pages)
    segments = Segment.objects.filter(Q(page=None) | Q(page=page_number)).order_by("track", "order")
    return records.described().prefetch_related(
        "places__parent",
        "media__rights",
        "media__asset__original",
        Prefetch("media__asset__derivatives", queryset=derivatives),
        Prefetch("media__asset__tracks__segments", queryset=segments),
    )
