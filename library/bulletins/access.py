"""Who makes bulletins, and which bulletins and pieces everybody may hear now. What is heard is asked at every door, each time."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from library.access import ANONYMOUS, parts_visible_to
from library.presentation.queries import visible_records
from library.records.access.consents import may_be_broadcast
from library.records.access.permissions import record_policy
from library.records.models import Record, RecordMedia
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset

from .models import Bulletin, BulletinState, Piece

PLACES = (AdminUnit.Level.PROVINCE, AdminUnit.Level.COMMUNE)
SOUNDING = (Asset.Kind.AUDIO, Asset.Kind.VIDEO)
ASKED_OF_CONSENTS = ("contact_consents", "media__asset")  # by may_be_broadcast


def may_make(user: Any) -> bool:
    """Whether the person may write bulletins: an officer with an office who works with records and brings files."""
    rights = user.has_perm("media_pipeline.add_asset") and record_policy().user_has_permission(user, "change")
    return bool(user.is_active and rights and user.office_id and user.viewer.office_path is not None)


def may_publish(user: Any) -> bool:
    """Whether the person decides what is heard: who publishes records."""
    return may_make(user) and bool(user.has_perm("records.publish_record"))


def require(allowed: bool) -> None:
    """Raises PermissionDenied unless it is allowed."""
    if not allowed:
        raise PermissionDenied


def bulletins_of(user: Any) -> QuerySet[Bulletin]:
    """The bulletins that the person works with: those of the own office and of the offices below it."""
    if not may_make(user):
        return Bulletin.objects.none()
    return Bulletin.objects.filter(office__path__startswith=user.viewer.office_path).select_related("office", "place__parent")


def places_of(user: Any) -> QuerySet[AdminUnit]:
    """The provinces and communes of today that the person may make bulletins for: of the own province, or all for the whole country."""
    units = AdminUnit.objects.filter(level__in=PLACES, valid_to=None).select_related("parent")
    code = user.office.province_code
    return units.filter(Q(level=AdminUnit.Level.PROVINCE, code=code) | Q(parent__code=code)) if code else units


def public_files() -> QuerySet[RecordMedia]:
    """The sounds of published records that everybody may hear, whatever people agreed to."""
    links = RecordMedia.objects.filter(parts_visible_to(ANONYMOUS, "record__", "own_access"), record__live=True)
    return links.filter(asset__kind__in=SOUNDING).exclude(asset__state__in=(Asset.State.WITHDRAWN, Asset.State.FAILED))


def records_with_sound() -> RecordQuerySet:
    """The records that everybody may hear; consents are asked of each (``may_be_broadcast``)."""
    return visible_records(ANONYMOUS).filter(pk__in=public_files().values("record")).prefetch_related(*ASKED_OF_CONSENTS)


def closed_pieces(pieces: Iterable[Piece]) -> dict[int, str]:
    """Key of each piece that may not be broadcast → why, for staff. The number of queries does not depend on the number of pieces."""
    rows = list(pieces)
    keys = {piece.record_id for piece in rows if piece.record_id}
    records = visible_records(ANONYMOUS).filter(pk__in=keys).prefetch_related(*ASKED_OF_CONSENTS).in_bulk()
    files = set(public_files().filter(record__in=keys).values_list("record_id", "asset_id"))
    voices = set(
        Asset.objects.filter(pk__in=[piece.asset_id for piece in rows if piece.is_words])
        .exclude(state=Asset.State.WITHDRAWN)
        .values_list("pk", flat=True)
    )
    found = {piece.pk: _why_closed(piece, records, files, voices) for piece in rows}
    return {key: reason for key, reason in found.items() if reason}


def _why_closed(piece: Piece, records: dict[int, Record], files: set[tuple[int, int]], voices: set[int]) -> str:
    if piece.is_words:
        return "" if piece.by_machine or piece.asset_id in voices else _("Lời nói chưa có giọng, hoặc tệp giọng đã rút.")
    record = records.get(piece.record_id or 0)
    if record is None:
        return _("Tư liệu không còn công khai.")
    if (record.pk, piece.asset_id) not in files:
        return _("Tệp tiếng không còn công khai.")
    return "" if may_be_broadcast(record) else _("Chưa có, hoặc không còn sự đồng ý cho phát loa.")


def on_air() -> QuerySet[Bulletin]:
    """The bulletins that were published; which of them may be heard now, ``heard`` asks."""
    return Bulletin.objects.filter(state=BulletinState.PUBLISHED).exclude(key="").order_by("-publish_at", "-pk")


def heard(bulletins: Iterable[Bulletin]) -> list[Bulletin]:
    """Those of the bulletins on air that hold nothing closed, in their order, with their pieces and places at hand."""
    rows = list(bulletins)
    prefetch_related_objects(rows, "place__parent", Prefetch("pieces", Piece.objects.select_related("record")))
    closed = closed_pieces(piece for bulletin in rows for piece in bulletin.pieces.all())
    return [bulletin for bulletin in rows if not any(piece.pk in closed for piece in bulletin.pieces.all())]


def of_place(bulletins: QuerySet[Bulletin], unit: AdminUnit) -> QuerySet[Bulletin]:
    """Those that a place listens to: a province also those of its communes, a commune also those for its whole province."""
    others = Q(place__parent=unit) if unit.level == AdminUnit.Level.PROVINCE else Q(place=unit.parent_id)
    return bulletins.filter(Q(place=unit) | others)
