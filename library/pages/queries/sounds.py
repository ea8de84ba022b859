"""Recordings of sound that everybody may hear, in a file that programs for podcasts read."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from library.access import ANONYMOUS, PUBLIC
from library.presentation.queries import visible_records, without_words
from library.records.models import Record, RecordMedia
from library.vocabularies.models import EthnicGroup
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, Derivative

from .all_peoples import of_all_peoples
from .narrowing import in_group

FILE = names.AAC96  # not every program for podcasts reads Opus


def public_sounds(group: EthnicGroup | None = None) -> "QuerySet[RecordMedia]":
    """The links to sound of public records, or of those of a people, with that one file; the newest record first.

    Words have pages of their own. Where a warning stands before a recording it stays there: a podcast asks nobody before it plays.
    """
    records = without_words(visible_records(ANONYMOUS)).filter(warnings=None)
    records = in_group(records, group, walk=False) if group else records
    files = Derivative.objects.filter(name=FILE, state=Derivative.State.CURRENT)
    links = RecordMedia.objects.filter(own_access=PUBLIC, asset__kind=Asset.Kind.AUDIO, asset__state=Asset.State.READY)
    links = links.filter(Exists(files.filter(asset=OuterRef("asset"))), record__in=records.order_by())
    links = links.select_related("record", "asset", "rights").prefetch_related(Prefetch("asset__derivatives", files))
    return links.order_by("-record__first_published_at", "-record", "sort_order", "pk")


def with_sound() -> Exists:
    """For a query of peoples: whether there are ``public_sounds`` of one; asked with the people, so that it costs no query of its own."""
    own = Record.groups.through.objects.filter(ethnicgroup=OuterRef("pk"), record__in=public_sounds().order_by().values("record"))
    return Exists(own.exclude(record__in=of_all_peoples()))
