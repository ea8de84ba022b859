"""The record that a query names: by its code, its ARK or its code in the source; or by its whole title, among the first hits."""

import re
from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from library.access import Viewer
from library.pages.queries.festivals import next_of_each
from library.pages.queries.listings import listings_of
from library.presentation.lists.lines import RecordLine, line
from library.presentation.queries import for_lines, parts_of_a_line, visible_records
from library.records.festivals.schedules import festival_types
from library.records.listings import heritage_types
from library.records.models import Record, RecordRelation
from library.records.models.identifiers import is_well_formed

from ..analysis import Keys, keys_of
from ..asking.find import SearchResult
from .cards import AnswerCard, Fact, days_in_words

LOOKED_AT = 10  # first hits
FESTIVAL = "festival"
MOST_TITLES = 2
# Words that say what kind of thing is meant. A title is named with or without them.
KIND_WORDS = frozenset({"le", "hoi", "tet", "ngay", "nghe", "thuat", "trang", "phuc", "festival", "the", "of", "cua", "nguoi"})
_CODE = re.compile(r"(?:^|[/\s])([0-9a-z]{10})(?=$|[/?#\s])")


def record_by_code(typed: str, viewer: Viewer) -> Iterator[AnswerCard]:
    """The card of the record whose permanent name, ARK, address or code in the source was typed."""
    text = typed.strip()
    names = [name for name in _CODE.findall(text.lower()) if is_well_formed(name)]
    records = visible_records(viewer)
    found = records.filter(identifier__in=names) if names else records.filter(source_key__in=(text, "-".join(text.upper().split())))
    for key in found.values_list("pk", flat=True)[:1]:  # the key alone: nearly every search asks here and finds nothing
        yield from (_card(record, "code", viewer) for record in for_lines(records.filter(pk=key), "details"))


def records_by_title(result: SearchResult) -> Iterator[AnswerCard]:
    """The cards of the first hits whose whole title was typed, with or without marks and words for the kind of thing."""
    asked = name_of(result.reading.words)
    records = [result.records[hit.id] for hit in result.hits[:LOOKED_AT]]
    named = [record for record in records if asked and asked in {name_of(keys_of(title)) for title in (record.title_vi, record.title_en)}]
    yield from title_cards(named, result.viewer)


def title_cards(named: Sequence[Record], viewer: Viewer) -> Iterator[AnswerCard]:
    """The cards of records of one title: a festival first; a listing only where its practice is not among them."""
    told = _listings_told_by_others(named)
    named = [record for record in named if record.pk not in told]
    shown = sorted(named, key=lambda record: record.record_type != FESTIVAL)[:MOST_TITLES]  # a festival has a day to come
    prefetch_related_objects(shown, *parts_of_a_line())
    yield from (_card(record, "record", viewer) for record in shown)


def _listings_told_by_others(named: Sequence[Record]) -> set[int]:
    """Keys of the listings whose practice is named too: its card tells of them."""
    among = RecordRelation.objects.filter(record__in=named, target__in=named, kind="listing_of")
    return set(among.values_list("record_id", flat=True)) if len(named) > 1 else set()


def name_of(words: Sequence[Keys]) -> tuple[str, ...]:
    """The folded words of a title without those that say what kind of thing it names."""
    folds = tuple(word.fold for word in words)
    return tuple(fold for fold in folds if fold not in KIND_WORDS) or folds


def _card(record: Record, code: str, viewer: Viewer) -> AnswerCard:
    shown = line(record)
    return AnswerCard(
        code=code,
        kind=shown.kind,
        title=shown.title,
        url=shown.url,
        opens=_("Mở tư liệu"),
        names=shown.own_names,
        facts=tuple(_facts(record, shown)),
        listings=tuple(listings_of(record, viewer)) if record.record_type in heritage_types() else (),
    )


def _facts(record: Record, shown: RecordLine) -> Iterator[Fact]:
    if shown.groups:
        yield Fact(_("Dân tộc"), shown.groups)
    if shown.places:
        yield Fact(_("Nơi"), shown.places)
    if record.record_type in festival_types():
        for occurrence in next_of_each([record.pk], timezone.localdate()).values():
            yield Fact(_("Sắp tới"), days_in_words(occurrence))
