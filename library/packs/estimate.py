"""How large a pack will be, from the table of derivatives, before anything is built. One query a kind of file."""

from django.db.models import Q, Sum

from library.access import ANONYMOUS, parts_visible_to
from library.records.models import RecordMedia
from media_pipeline import derivative_names as names
from media_pipeline.models import Asset, Derivative

from .files import PICTURE_WIDTH
from .models import Weight
from .subjects import Subject

FRAME = 16_000  # bytes: styles, search, first page
PAGE = 2_500  # of the page of a record, packed, with its words for the search; measured on the starter collection
WORD = 40  # of a word of a list
#: Weight → the derivatives that it takes beside those of the lighter weights.
TAKEN: dict[str, Q] = {
    Weight.PICTURES: Q(name__in=[names.picture(names.IMAGE, PICTURE_WIDTH, "jpg"), names.picture(names.page_stem(1), 800, "webp")]),
    Weight.SOUND: Q(name=names.A24),
    Weight.FILM: Q(name=names.V144),
}


def estimates(subject: Subject) -> dict[str, int]:
    """Weight → bytes that a pack of it will have, nearly."""
    records = subject.records.order_by()
    links = RecordMedia.objects.filter(parts_visible_to(ANONYMOUS, "record__", "own_access"), record__in=records.values("pk"))
    assets = links.exclude(asset__state=Asset.State.WITHDRAWN).values("asset")
    total = FRAME + records.count() * PAGE + _words(subject) * WORD
    sizes = {str(Weight.TEXT): total}
    for weight, taken in TAKEN.items():
        current = Derivative.objects.filter(taken, asset__in=assets, state=Derivative.State.CURRENT)
        total += current.aggregate(total=Sum("size_bytes"))["total"] or 0
        sizes[str(weight)] = total
    return sizes


def _words(subject: Subject) -> int:
    lists = getattr(subject.owner, "word_lists", None)
    return lists.filter(words__isnull=False).count() if lists is not None else 0
