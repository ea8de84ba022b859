"""What a person does with exports: asks for one, has a small one at once, stops it, lets it go on, deletes it, fetches its file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from background.leases import FREE
from library.records.models import Record
from library.records.queryset import RecordQuerySet
from library.vocabularies.lookup import term_labels_read_once
from media_pipeline.storage import main_storage

from ...access import require_export
from ...formats.format import Lines, OpenBytes
from ...formats.registry import FORMATS
from ...gathering.batch import Batch
from ...gathering.tell import tell_all
from ...models import Export, ExportState
from .files import forget

MOST_RECORDS = 200_000  # what one import takes back
EXPORTED = "exchange.export"  # in the log
AT_ONCE = 100  # records that are exported while the person waits
ASKED_AT_ONCE = 5_000  # keys in one query


def seen_keys(user: Any, records: RecordQuerySet) -> list[int]:
    """The keys of those of the records that the person may see, type by type. Raises ValidationError for none and for too many."""
    seen = _seen(user, records).order_by("record_type", "pk")
    keys = list(seen.values_list("pk", flat=True)[: MOST_RECORDS + 1])
    _require_number(len(keys))
    return keys


def number_seen(user: Any, records: RecordQuerySet) -> int:
    """How many keys these are, without reading them. Raises as ``seen_keys``."""
    number = _seen(user, records).order_by()[: MOST_RECORDS + 1].count()
    _require_number(number)
    return number


def _seen(user: Any, records: RecordQuerySet) -> RecordQuerySet:
    require_export(user)
    return Record.objects.visible_to(user.viewer).filter(pk__in=records.order_by().values("pk"))


def _require_number(number: int) -> None:
    if not number:
        raise ValidationError(_("Chưa chọn tư liệu nào."))
    if number > MOST_RECORDS:
        raise ValidationError(_("Quá %(number)d tư liệu. Hãy lọc bớt rồi xuất vài lần.") % {"number": MOST_RECORDS})


def ask(user: Any, keys: Sequence[int], format_code: str) -> Export:
    """A new export, for the worker."""
    require_export(user)
    _log(user, len(keys), format_code)
    return Export.objects.create(
        user=user,
        language=(get_language() or "vi")[:2],
        format=FORMATS[format_code].code,
        records=list(keys),
        total=len(keys),
        step_began_at=timezone.now(),
    )


def _log(user: Any, records: int, format_code: str) -> None:
    """What somebody takes away stands in the history of that person, where the managers of the person read it."""
    log(user, EXPORTED, user=user, data={"records": records, "format": format_code})


def is_small(keys: Sequence[int], format_code: str) -> bool:
    """Whether the person may wait for it: few records, and no originals."""
    return len(keys) <= AT_ONCE and not FORMATS[format_code].holds_originals


def write_now(user: Any, keys: Sequence[int], format_code: str, target: Path) -> str:
    """Writes a small export into a file of this machine; returns the name to save it under."""
    require_export(user)
    _log(user, len(keys), format_code)
    own = FORMATS[format_code]
    with term_labels_read_once():
        entries = list(tell_all(Batch(user.viewer, keys), own.tell))
        types = tuple(dict.fromkeys(each["type"] for each in entries))
        own.write(target, Lines(lambda: entries, types, lambda: None), open_bytes())
    return name_of(format_code, len(types), len(entries))


def open_bytes() -> OpenBytes:
    """The bytes of the main storage."""
    return main_storage(patient=True).stream


def name_of(format_code: str, types: int, records: int) -> str:
    """The name of the file: what it holds, and the day."""
    what = ngettext("%(number)d tư liệu", "%(number)d tư liệu", records) % {"number": records}
    own = FORMATS[format_code]
    ending = own.ending(types)
    kind = "" if ending == own.code else f" {own.code}"
    return f"{what}{kind} {timezone.localdate():%Y-%m-%d}.{ending}"


def stop(export: Export, *, user: Any) -> None:
    """Stops the work after the records that are being gathered; what is gathered stays for some time."""
    _move(export, user, (ExportState.GATHERING, ExportState.WRITING), ExportState.STOPPED)


def resume(export: Export, *, user: Any) -> None:
    """Has the worker go on where it was stopped, or where it failed."""
    _move(export, user, (ExportState.STOPPED, ExportState.FAILED), ExportState.GATHERING)


def delete(export: Export, *, user: Any) -> None:
    """Deletes an export with its file."""
    _require_own(export, user)
    forget(export)
    export.delete()


def require_fetch(export: Export, *, user: Any) -> None:
    """Raises PermissionDenied when the file may not be fetched: not hers, over, or a record in it was closed to her since."""
    _require_own(export, user)
    if not export.ready:
        raise PermissionDenied
    visible = Record.objects.visible_to(user.viewer)
    pieces = range(0, len(export.records), ASKED_AT_ONCE)
    if sum(visible.filter(pk__in=export.records[at : at + ASKED_AT_ONCE]).count() for at in pieces) < export.entries:
        raise PermissionDenied(_("Trong tệp có tư liệu mà nay bạn không còn được xem. Hãy xuất lại."))


def _require_own(export: Export, user: Any) -> None:
    require_export(user)
    if export.user_id != user.pk:
        raise PermissionDenied


def _move(export: Export, user: Any, states: tuple[str, ...], state: str) -> None:
    """Raises ValidationError when the export has been moved on meanwhile."""
    _require_own(export, user)
    with transaction.atomic():
        current = Export.objects.select_for_update().get(pk=export.pk)
        if current.state not in states:
            raise ValidationError(_("Lần xuất này vừa chuyển sang bước khác. Hãy mở lại trang."))
        Export.objects.filter(pk=export.pk).update(state=state, problem="", step_began_at=timezone.now(), **FREE)
    export.refresh_from_db()
