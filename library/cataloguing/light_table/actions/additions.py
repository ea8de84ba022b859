"""Adds photographs of the table to a record that is there, and takes them out again as long as nobody has worked on them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from library.records.actions.add_files import add_files, remove_files
from library.records.models import Record

from ..access import require_use
from ..models import LightTable, Photograph, PhotographGroup
from .arrange import gather
from .records import arrived, locked, media_rows, turn_files


def add_to_record(table: LightTable, keys: Sequence[int], record: int, user: Any) -> tuple[Record, int]:
    """Adds the photographs to the newest version of the record, in one group; returns the record and how many they are.

    Raises ValidationError with the reason where none of them is free, or the person cannot change the record now.
    """
    require_use(user)
    with transaction.atomic():
        group = gather(table, keys)
        if group is None:
            raise ValidationError(_("Chưa chọn ảnh nào, hoặc ảnh đã thành tư liệu."))
        group = locked(group, user)
        photographs = arrived(group, user)
        try:
            version = add_files(record, media_rows(table, photographs), user)
        except (Record.DoesNotExist, PermissionDenied) as error:
            raise ValidationError(_("Hãy chọn một tư liệu mà bạn sửa được.")) from error
        turn_files(photographs, user)
        found = Record.objects.get(pk=record)
        PhotographGroup.objects.filter(pk=group.pk).update(record=found, title=found.title_vi, added_version=version)
    return found, len(photographs)


def take_out(group: PhotographGroup, user: Any) -> None:
    """Takes the photographs out of the record; they lie on the table again, in no group. Raises ValidationError when that cannot be."""
    require_use(user)
    with transaction.atomic():
        group = locked(group, user)
        if group.record_id and group.added_version:
            assets = set(group.photographs.exclude(asset=None).values_list("asset", flat=True))
            try:
                remove_files(group.record_id, assets, group.added_version, user)
            except PermissionDenied as error:
                raise ValidationError(_("Bạn không sửa được tư liệu này nữa.")) from error
        Photograph.objects.filter(lot=group).update(lot=None)
        group.delete()
