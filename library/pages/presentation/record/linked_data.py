"""The facts of a record page that stand in its head for machines."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, override

from library.metadata.schema_org import Cited, Facts, Text
from library.presentation.wording import Wording, in_reader_language
from library.records.profiles import profile

if TYPE_CHECKING:
    from library.records.models import Record

    from .page import RecordPage


def schema_facts(record: "Record", page: "RecordPage") -> Facts:
    """Reads the record and the page that was made of it, so that people and machines get the same facts."""
    images = [image.picture.largest.url for image in page.files.images if image.picture]
    with override(settings.LANGUAGE_CODE):
        identity = settings.SITE_URL + record.get_absolute_url()
    return Facts(
        schema_class=profile(record.record_type).schema_org,
        identity=identity,
        url=settings.SITE_URL + record.get_absolute_url(),
        identifier=record.ark or record.identifier,
        name=_text(page.line.title),
        other_names=tuple(map(_text, page.line.own_names)),
        description=_text(page.lede),
        language=get_language() or settings.LANGUAGE_CODE,
        about=tuple(str(group.words) for group in page.groups),
        places=tuple(str(place.words) for place in page.places),
        licence=record.rights.uri,
        modified=record.updated_at.date().isoformat(),
        publisher=in_reader_language(record.office.name_vi, record.office.name_en).plain,
        image=settings.SITE_URL + images[0] if images else "",
        sources=tuple(Cited(", ".join(filter(None, (own.title, own.page))), own.url, own.licence) for own in page.sources),
        days=_days(page),
    )


def _text(wording: Wording) -> Text:
    return Text(wording.plain, wording.language)


def _days(page: "RecordPage") -> tuple[tuple[str, str], ...]:
    """The days that are certain: of a festival held about a day, no machine is told a day."""
    days = page.festival_days.days if page.festival_days else []
    return tuple((day.start.isoformat(), day.end.isoformat()) for day in days if not day.around)
