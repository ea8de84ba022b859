"""How many records a viewer can hear and see: those with sound or film that is open to all who see the record."""

from collections import Counter

from django.db.models import Count

from library.access import ANONYMOUS, PUBLIC, Viewer
from library.presentation.lists.kinds import RECORDINGS
from library.presentation.queries import visible_records
from library.records.models import RecordMedia
from library.records.queryset import RecordQuerySet
from media_pipeline.models import Asset

from .remembered import Remembered


def recordings_for(viewer: Viewer) -> Counter[str]:
    """Kind of file → number of records; those of public records may be some seconds old."""
    public = _public.value()
    if viewer == ANONYMOUS:
        return public
    return public + _count(visible_records(viewer).exclude(access_level=PUBLIC))


def _count(records: RecordQuerySet) -> Counter[str]:
    """Also of records that hang under another in lists: a search for files finds them."""
    links = RecordMedia.objects.filter(own_access=PUBLIC, asset__state=Asset.State.READY, asset__kind__in=RECORDINGS)
    links = links.filter(record__in=records.order_by()).order_by()
    return Counter(dict(links.values_list("asset__kind").annotate(Count("record", distinct=True))))


_public = Remembered(lambda: _count(visible_records(ANONYMOUS)))
