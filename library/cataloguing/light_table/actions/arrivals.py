"""Files on their way to the table: told of before they are sent, linked to their uploads, taken in whole from a plain form."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from media_pipeline import file_names
from media_pipeline.intake import assembly
from media_pipeline.limits import LARGEST
from media_pipeline.models import Upload

from ..models import LightTable, Photograph

MOST = 1000  # photographs on one table


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """What the browser knows of a file that the person has chosen. ``size`` in bytes."""

    name: str
    folder: str
    size: int
    fingerprint: str


def expect(table: LightTable, files: list[ChosenFile], user: Any) -> list[Photograph]:
    """The photographs of these files: new ones, and those that were chosen before. Raises ValidationError for more than a table holds."""
    with transaction.atomic():
        LightTable.objects.select_for_update().get(pk=table.pk)
        known = {row.fingerprint: row for row in table.photographs.filter(fingerprint__in=[each.fingerprint for each in files])}
        fresh = {each.fingerprint: each for each in files if each.fingerprint not in known}
        order = table.photographs.count()
        _require_room(order + len(fresh))
        for number, each in enumerate(fresh.values()):
            known[each.fingerprint] = Photograph.objects.create(
                table=table,
                added_by=user,
                name=file_names.storable(each.name),
                folder=file_names.storable(each.folder),
                size=each.size,
                fingerprint=each.fingerprint,
                problem=_problem(each.size),
                order=order + number,
            )
    link_uploads(table)
    return [Photograph.objects.get(pk=known[each.fingerprint].pk) for each in files]


def _problem(size: int) -> str:
    """Why such a file need not even be sent."""
    return "empty" if size <= 0 else "too_large_file" if size > LARGEST else ""


def _require_room(number: int) -> None:
    if number > MOST:
        raise ValidationError(_("Mỗi bàn chứa tối đa %(number)d ảnh. Hãy mở bàn khác cho phần còn lại.") % {"number": MOST})


def link_uploads(table: LightTable) -> None:
    """Gives each photograph that is on its way its upload, and what became of it. Asked whenever the table is shown."""
    waiting = list(table.photographs.filter(asset=None, problem="").exclude(fingerprint="").select_related("upload__asset"))
    begun = _begun([row for row in waiting if row.upload is None])
    for row in waiting:
        upload = row.upload or begun.pop((row.added_by_id, row.name, row.fingerprint), None)
        if upload is None or (upload.state == Upload.State.OPEN and row.upload_id):
            continue
        changes: dict[str, Any] = {"upload": upload}
        if upload.state == Upload.State.DONE:
            changes["asset"] = upload.asset
        elif upload.state == Upload.State.REFUSED:
            changes["problem"] = upload.problem
        elif upload.state == Upload.State.EXPIRED:
            changes["upload"] = None  # it is sent again from its beginning
        Photograph.objects.filter(pk=row.pk, asset=None).update(**changes)


def _begun(rows: list[Photograph]) -> dict[tuple[int | None, str, str], Upload]:
    """Who sends, name, fingerprint → the upload of that file that no photograph has: an open one that was begun earlier, or one since."""
    if not rows:
        return {}
    fresh = Q(state=Upload.State.OPEN) | Q(created_at__gte=min(row.added_at for row in rows))
    same = Upload.objects.filter(fresh, user__in={row.added_by_id for row in rows if row.added_by_id}, replaces=None)
    same = same.filter(fingerprint__in={row.fingerprint for row in rows}).exclude(state=Upload.State.EXPIRED)
    taken = Photograph.objects.exclude(upload=None).values("upload")
    uploads = same.exclude(pk__in=taken).select_related("asset").order_by("pk")
    return {(upload.user_id, upload.name, upload.fingerprint): upload for upload in uploads}


def take_whole(table: LightTable, file: Any, user: Any) -> Photograph:
    """Takes in a file that came whole with a form. Raises Refused, Waiting, and ValidationError for more than a table holds."""
    _require_room(table.photographs.count() + 1)
    upload = assembly.receive_whole(user, file.file, file.name, file.size, mime=file.content_type or "")
    return Photograph.objects.create(
        table=table,
        added_by=user,
        name=upload.name,
        size=upload.declared_size,
        upload=upload,
        asset=upload.asset,
        fingerprint=f"whole-{upload.uuid}",
        order=table.photographs.count(),
    )
