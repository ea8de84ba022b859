"""The actions that add files to a record that is there, and take them out again: in its newest version, as its form would."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from library.language.cleaning import clean_columns

from ..access.changing import check_open, check_right
from ..models import Record, RecordMedia
from .save_version import newest, save_version

PLACE = ("pk", "record", "sort_order")  # where a row stands, not what it says


def add_files(key: int, rows: Sequence[Mapping[str, Any]], user: Any) -> int:
    """Adds files behind those of the record. ``rows``: columns of RecordMedia. Returns the key of the version that has them.

    Raises ValidationError where the record cannot be changed now or has one of the files, PermissionDenied for whoever may not change it.
    """
    with transaction.atomic():
        draft = _open(key, user)
        links = list(draft.media.all())
        there = {link.asset_id for link in links} & {row["asset_id"] for row in rows}
        if there:
            names = ", ".join(link.asset.display_name for link in links if link.asset_id in there)
            raise ValidationError(_("“%(title)s” đã có ảnh này: %(names)s.") % {"title": draft.title, "names": names})
        first = 1 + max((link.sort_order or 0 for link in links), default=-1)
        draft.media.set([*links, *(_link(row, at) for at, row in enumerate(rows, first))])
        return save_version(draft, user)


def _link(row: Mapping[str, Any], at: int) -> RecordMedia:
    columns = dict(row)
    clean_columns(RecordMedia, columns)
    return RecordMedia(sort_order=at, **columns)


def remove_files(key: int, assets: Collection[int], version: int, user: Any) -> None:
    """Takes files out of the record as long as the newest version says of them what ``version`` said, which brought them.

    Raises ValidationError where somebody has worked on them since, and like ``add_files``.
    """
    with transaction.atomic():
        draft = _open(key, user)
        brought = Revision.objects.filter(pk=version, object_id=str(key)).first()
        if brought is None or _said(brought.content, assets) != _said(draft.serializable_data(), assets):
            raise ValidationError(_("Đã có người sửa các ảnh này trong “%(title)s”, nên tư liệu được giữ nguyên.") % {"title": draft.title})
        draft.media.set([link for link in draft.media.all() if link.asset_id not in assets])
        save_version(draft, user)


def _open(key: int, user: Any) -> Record:
    """The newest version of the record, locked, for whoever may change it now."""
    record = Record.objects.select_for_update(of=("self",)).select_related("office").get(pk=key)
    check_right(record, user, "change")
    check_open(record, user)
    return newest(record)


def _said(content: Mapping[str, Any], assets: Collection[int]) -> dict[int, dict[str, Any]]:
    """Asset → what its row says."""
    rows = [row for row in content["media"] if row["asset"] in assets]
    return {row["asset"]: {name: value for name, value in row.items() if name not in PLACE} for row in rows}
