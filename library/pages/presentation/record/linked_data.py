"""The facts of a record page that stand in its head for machines."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

from library.metadata.schema_org import Facts
from library.presentation.wording import in_reader_language
from library.records.profiles import profile

if TYPE_CHECKING:
    from library.records.models import Record

    from .page import RecordPage


def schema_facts(record: "Record", page: "RecordPage") -> Facts:
    """Reads the record and the page that was made of it, so that people and machines get the same facts."""
    images = [image.picture.largest.url for image in page.files.images if image.picture]
    return Facts(
        schema_class=profile(record.record_type).schema_org,
        url=settings.SITE_URL + record.get_absolute_url(),
        identifier=record.ark or record.identifier,
        name=page.line.title.plain,
        other_names=tuple(name.plain for name in page.line.own_names),
        description=page.lede.plain,
        language=get_language() or settings.LANGUAGE_CODE,
        about=tuple(str(group.words) for group in page.groups),
        places=tuple(str(place.words) for place in page.places),
        licence=record.rights.uri,
        modified=record.updated_at.date().isoformat(),
        publisher=in_reader_language(record.office.name_vi, record.office.name_en).plain,
        image=settings.SITE_URL + images[0] if images else "",
        sources=tuple(source.title for source in page.sources),
    )
