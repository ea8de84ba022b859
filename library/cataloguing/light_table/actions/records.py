"""Makes a draft record of a group of photographs, and takes it back as long as nobody has worked on it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from library.records.access.permissions import record_policy
from library.records.actions.create_many import NewRecord, create_many
from library.records.models import Record
from library.records.models.identifiers import own_key
from media_pipeline.actions import turn

from ..access import require_use, tables_of, workable_assets
from ..models import LightTable, Photograph, PhotographGroup


def make_record(group: PhotographGroup, user: Any) -> Record:
    """The draft record of a group: made once, however often it is asked for. Raises ValidationError with what is missing."""
    require_use(user)
    with transaction.atomic():
        group = locked(group, user)
        if group.record is not None:
            return group.record
        if not group.title:
            raise ValidationError(_("Nhóm chưa có tên."))
        photographs = arrived(group, user)
        (created,) = create_many([_draft(group, photographs)], office=_office(group), user=user)
        turn_files(photographs, user)
        made = {"record": created.pk, "record_saved_at": created.updated_at, "added_version": None}
        PhotographGroup.objects.filter(pk=group.pk).update(**made)
    return Record.objects.get(pk=created.pk)


def locked(group: PhotographGroup, user: Any) -> PhotographGroup:
    """The group as it is now, locked. Raises PermissionDenied for a table of others."""
    if not tables_of(user).filter(pk=group.table_id).exists():
        raise PermissionDenied
    return PhotographGroup.objects.select_for_update(of=("self",)).select_related("table__office", "record").get(pk=group.pk)


def _office(group: PhotographGroup) -> Any:
    """The office that the record will belong to. Raises ValidationError where it is gone."""
    if group.table.office is None:
        raise ValidationError(_("Cơ quan của bàn ảnh này không còn."))
    return group.table.office


def arrived(group: PhotographGroup, user: Any) -> list[Photograph]:
    """The photographs in their order. Raises ValidationError while one is on its way, or is not the person's to use."""
    title = group.title or _("Nhóm này")
    rows = list(group.photographs.filter(problem="").select_related("asset__original"))
    if not rows:
        raise ValidationError(_("“%(title)s” chưa có ảnh nào.") % {"title": title})
    if any(row.asset is None for row in rows):
        raise ValidationError(_("“%(title)s” còn ảnh đang tải.") % {"title": title})
    allowed = set(workable_assets(user).filter(pk__in=[row.asset_id for row in rows], kind="image").values_list("pk", flat=True))
    strange = [row.name for row in rows if row.asset_id not in allowed]
    if strange:
        raise ValidationError(_("Không dùng được ảnh này: %(names)s.") % {"names": ", ".join(strange)})
    return rows


def _draft(group: PhotographGroup, photographs: list[Photograph]) -> NewRecord:
    table = group.table
    rows = {"media": media_rows(table, photographs)}
    if group.day:
        rows["dates"] = [{"edtf": group.day}]
    if table.source:
        rows["sources"] = [{"citation": table.source}]
    return NewRecord(
        record_type=group.record_type or table.record_type,
        source_key=free_key(group),
        columns={"title_vi": group.title, **_rights(table)},
        links={"groups": _keys(group.groups) or _keys(table.groups), "places": _keys(group.places) or _keys(table.places)},
        rows=rows,
    )


def media_rows(table: LightTable, photographs: list[Photograph]) -> list[dict[str, Any]]:
    """The photographs as files of a record: each with its caption, and the rights and credit that all of the table have."""
    return [{"asset_id": row.asset_id, "alt_vi": row.caption, **_rights(table)} for row in photographs]


def _rights(table: LightTable) -> dict[str, Any]:
    if table.rights_id is None:
        raise ValidationError(_("Hãy chọn tình trạng quyền trong phần chung."))
    return {"credit": table.credit, "rights_id": table.rights_id}


def turn_files(photographs: list[Photograph], user: Any) -> None:
    """Turns the files of the photographs as they are turned on the table."""
    for each in photographs:
        if each.asset is not None and each.asset.turn != each.turn:
            turn(each.asset, each.turn, user=user)


def _keys(links: Any) -> list[int]:
    return [row.pk for row in links.all()]


def free_key(group: PhotographGroup) -> str | None:
    """The office's own code for the record, as imports write it; None without a code, and where another record has it already."""
    office = group.table.office
    if not group.code or office is None:
        return None
    key = own_key(office.code, group.code)
    return None if Record.objects.filter(source_key=key).exists() else key


def take_back(group: PhotographGroup, user: Any) -> None:
    """Deletes the draft that was made of a group; its photographs lie on the table again. Raises ValidationError when that cannot be."""
    require_use(user)
    with transaction.atomic():
        group = locked(group, user)
        record = Record.objects.select_for_update(of=("self",)).filter(pk=group.record_id).first() if group.record_id else None
        if record is not None:
            _delete(record, group, user)
        PhotographGroup.objects.filter(pk=group.pk).update(record=None, record_saved_at=None)


def _delete(record: Record, group: PhotographGroup, user: Any) -> None:
    if not record_policy().user_has_permission_for_instance(user, "delete", record):
        raise ValidationError(_("Bạn không xóa được tư liệu này nữa."))
    if record.updated_at != group.record_saved_at or record.latest_revision_id or record.workflow_in_progress:
        raise ValidationError(_("Đã có người sửa “%(title)s”, nên tư liệu được giữ nguyên.") % {"title": record.title_vi})
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError as error:
        raise ValidationError(_("Tư liệu khác đang nhắc đến “%(title)s”.") % {"title": record.title_vi}) from error
