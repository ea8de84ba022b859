"""What makes a record poor: the table of marks, each a condition of a query. The list of records filters by it, the dashboard counts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.access import WITHDRAWN
from library.vocabularies.models import AdminUnit
from media_pipeline.models import TextTrack

from .festivals.schedules import festival_types
from .models import ContactConsent, FestivalOccurrence, Record, RecordMedia, RecordSource
from .models.choices import Confidence, ReviewState
from .profiles import all_profiles

A_YEAR = timedelta(days=365)
IMAGE, RECORDINGS = "image", ("audio", "video")
SPOKEN = (TextTrack.Role.TRANSCRIPT, TextTrack.Role.CAPTIONS)


@dataclass(frozen=True, slots=True)
class QualityMark:
    """One thing that a record lacks. ``serious``: readers are misled or shut out, or somebody's right is not kept."""

    code: str
    label: Promise
    condition: Callable[[], Q]
    serious: bool = False


def _no_source() -> Q:
    return ~Q(Exists(RecordSource.objects.filter(record=OuterRef("pk"))))


def _no_description() -> Q:
    return Q(Exists(RecordMedia.objects.filter(record=OuterRef("pk"), asset__kind=IMAGE, alt_vi="")))


def _no_transcript() -> Q:
    spoken = TextTrack.objects.filter(asset=OuterRef("asset"), role__in=SPOKEN)
    recordings = RecordMedia.objects.filter(record=OuterRef("pk"), asset__kind__in=RECORDINGS)
    return Q(Exists(recordings.filter(~Exists(spoken))))


def _no_consent() -> Q:
    """A person who is or may be alive, without a written consent (domain handbook, section 10)."""
    settled = Q(details__0__value__living="no") | Q(details__0__value__consent__0__isnull=False)
    return Q(record_type="person") & ~Q(Exists(Record.objects.filter(settled, pk=OuterRef("pk"))))


def _contact_without_consent() -> Q:
    """A contact that readers do not see, because nobody's consent is recorded or none holds today (ADR 0044)."""
    consents = ContactConsent.objects.filter(record=OuterRef("pk"), use=ContactConsent.Use.CONTACT, withdrawn_at=None)
    holding = consents.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    filled = Q(pk__in=[])
    for own in all_profiles():
        for field in own.fields:
            if field.needs_consent:
                filled |= Q(**{"record_type__in": [own.code, *own.serves], f"details__0__value__{field.key}__0__isnull": False})
    return filled & ~Q(Exists(holding))


def _province_only() -> Q:
    places = Record.places.through.objects.filter(record=OuterRef("pk"))
    return Q(Exists(places)) & ~Q(Exists(places.exclude(adminunit__level=AdminUnit.Level.PROVINCE)))


def _no_file() -> Q:
    return ~Q(Exists(RecordMedia.objects.filter(record=OuterRef("pk"))))


def _no_coming_day() -> Q:
    """A public festival of which no day is known for the coming year: nothing follows from its rule, and nobody has announced one."""
    today = timezone.localdate()
    coming = FestivalOccurrence.objects.filter(record=OuterRef("pk"), start__gte=today, start__lte=today + A_YEAR)
    public = Q(record_type__in=festival_types(), live=True) & ~Q(access_level=WITHDRAWN)
    return public & ~Q(Exists(coming))


QUALITY_MARKS = (
    QualityMark("no-source", _("Chưa ghi nguồn"), _no_source, serious=True),
    QualityMark("no-description", _("Ảnh chưa có lời tả"), _no_description, serious=True),
    QualityMark("no-transcript", _("Băng, phim chưa chép lời"), _no_transcript),
    QualityMark("no-consent", _("Chưa có giấy đồng ý"), _no_consent, serious=True),
    QualityMark("no-contact-consent", _("Liên hệ chưa ghi sự đồng ý"), _contact_without_consent, serious=True),
    QualityMark("doubtful", _("Còn ngờ, cần kiểm tra"), lambda: Q(review_state=ReviewState.NEEDS_CHECKING) | Q(confidence=Confidence.LOW)),
    QualityMark("province-only", _("Nơi mới ghi tới tỉnh"), _province_only),
    QualityMark("no-coming-day", _("Lễ hội chưa báo ngày cho năm tới"), _no_coming_day),
    QualityMark("no-file", _("Chưa có ảnh, tệp nào"), _no_file),
)
MARKS_BY_CODE = {mark.code: mark for mark in QUALITY_MARKS}
