"""From a record to the document an index keeps: a pure reading of prefetched rows. Never a deprecated name, never a label as a value."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast

from django.db.models import Prefetch

from library.access import PUBLIC, access_tokens
from library.calendars.edtf_dates import span
from library.language.collation import vietnamese_order
from library.records.models import Record, RecordText
from library.records.profiles import profile, searchable_terms, searchable_text
from library.records.queryset import RecordQuerySet
from library.vocabularies.lookup import LANGUAGES, other_labels, term_labels_read_once
from media_pipeline.models import Asset, Segment, TextTrack
from media_pipeline.text.folding import without_marks

from ..engines.base import SearchDocument
from ..facets import record_facets
from .passages import passages_of
from .reading import RecordRow, indexed
from .subjects import subjects_in

FULLTEXT_WORDS = 100_000
OTHER_TITLES = (RecordText.Role.VERNACULAR_TITLE, RecordText.Role.ORIGINAL_TITLE, RecordText.Role.OTHER_TITLE)


def indexable(records: RecordQuerySet) -> RecordQuerySet:
    """The records that an index holds, as model objects with all that a document is made of. Many are read faster by ``RecordReader``."""
    tracks = TextTrack.objects.filter(shown=True).prefetch_related(Prefetch("segments", queryset=Segment.objects.order_by("order")))
    return (
        indexed(records)
        .described()
        .prefetch_related(
            "places__parent__parent",
            "former_units__parent__parent",
            Prefetch("media__asset__tracks", queryset=tracks),
            "media__asset__derivatives__blob",
        )
    )


def document_of(read: Record | RecordRow) -> SearchDocument:
    """The document of one record fetched by ``indexable`` or read by ``RecordReader``."""
    record = cast(Record, read)  # a row has all that is read here
    spans = [span(row.edtf) for row in record.dates.all() if row.edtf]
    passages = tuple(passages_of(record))
    tokens = tuple(access_tokens(record))
    return SearchDocument(
        id=record.pk,
        texts={
            "title": _filled([record.title_vi, record.title_en]),
            "names": _filled(dict.fromkeys(_names(record))),
            "body": _filled(_body(record)),
            "people": _filled(dict.fromkeys(people_named(record))),
            "fulltext": _cut([*_other_words(record), *(text for each in passages if each.access_tokens == tokens for text in each.texts)]),
        },
        access_tokens=tokens,
        facets=record_facets(record),
        first_day=min(first for first, _ in spans) if spans else None,
        last_day=max(last for _, last in spans) if spans else None,
        updated=(record.last_published_at or record.updated_at).isoformat(),
        title_sort=collation_key(record.title_vi),
        location=public_point(record),
        passages=passages,
    )


def documents_of(rows: Iterable[RecordRow]) -> list[SearchDocument]:
    """The documents of many records."""
    with term_labels_read_once():
        return [document_of(row) for row in rows]


def public_point(record: Record) -> tuple[float, float] | None:
    """Latitude and longitude of the first place that has them: never finer than a commune, whatever the record knows."""
    placed = (unit for unit in record.places.all() if unit.latitude is not None and unit.longitude is not None)
    return next(((unit.latitude, unit.longitude) for unit in placed), None)


def collation_key(text: str) -> str:
    """A text whose plain order is the Vietnamese one: letters first, tones last."""
    letters, tones = vietnamese_order(text)
    return "".join(chr(letter + 2) for letter in letters) + "\x01" + "".join(chr(tone + 2) for tone in tones)


def _names(record: Record) -> Iterator[str]:
    """Other titles, and what the things are called that the record is about; the subjects of its title and summary also in English.

    A place is called, too, as the English write it without marks.
    """
    yield from (row.text for row in record.texts.all() if row.role in OTHER_TITLES)
    for group in record.groups.all():
        yield from (group.name_vi, group.name_en)
    yield from (name.name for name in record.subgroups.all() if name.display)
    for unit in [*record.places.all(), *record.former_units.all()]:
        yield from (unit.label_vi, without_marks(unit.label_en), *((unit.parent.label_vi,) if unit.parent else ()))
    for language in record.languages.all():
        yield from (language.label_vi, language.label_en)
    yield from people_named(record)
    yield from (tag.name for tag in record.tags.all())
    yield from subjects_in((record.title_vi, record.summary_vi))


def _other_words(record: Record) -> Iterator[str]:
    """Other words for its terms: they find the record, and no excerpt shows them."""
    languages = [(LANGUAGES, language.code) for language in record.languages.all()]
    for vocabulary, code in [*languages, *searchable_terms(profile(record.record_type), record.details)]:
        yield from other_labels(vocabulary).get(code, ())


def people_named(record: Record) -> Iterator[str]:
    """Who made, sang, told, spoke or collected it; a person's record is named only where everybody may see it."""
    for row in record.people.all():
        person = row.person
        yield row.name
        if person is not None and person.live and person.access_level == PUBLIC:
            yield person.title_vi


def _body(record: Record) -> Iterator[str]:
    """Everything else that it says; what its fields name (a drum skin, a dye) also in English."""
    yield from (record.summary_vi, record.summary_en)
    yield record.place_recorded
    yield from (row.wording for row in record.dates.all())
    own = [row.text for row in record.texts.all() if row.role not in OTHER_TITLES]
    own += searchable_text(profile(record.record_type), record.details, PUBLIC).splitlines()
    yield from own
    yield from subjects_in(own)
    for link in record.media.all():
        if link.own_access == PUBLIC and link.asset.state != Asset.State.WITHDRAWN:
            yield from (link.caption_vi, link.caption_en, link.alt_vi, link.alt_en)
    yield record.rights_holder


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text and text.strip())


def _cut(texts: Iterable[str]) -> tuple[str, ...]:
    """The first so many words of a long transcript or book."""
    first_words, left = [], FULLTEXT_WORDS
    for text in texts:
        if left <= 0:
            break
        words = text.split()
        first_words.append(" ".join(islice(words, left)))
        left -= len(words)
    return tuple(first_words)
