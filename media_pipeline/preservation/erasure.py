"""Erases an original for good when consent is withdrawn. A person with the right for it gives the order, and it is logged.

The order is one transaction: the asset is withdrawn, its derivatives and tracks are deleted, its blob is marked. After it the bytes are
deleted from the main storage, every copy and the quarantine; while a storage is absent, the sweeper tries again. What stays: that
there was a file, its hash, who gave the order and why. That is enough to refuse the same bytes if they are uploaded again.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import actions
from ..models import Asset, Blob, FixityEvent
from ..models.blobs import ByteState
from ..storage import copies, main_storage, quarantine_name
from ..storage.base import Storage, StorageError

logger = logging.getLogger(__name__)
ERASE = "media_pipeline.erase"


@transaction.atomic
def erase(asset: Asset, *, reason: str, user: Any = None) -> None:
    """Order the erasure. Raises ValueError without a reason, and while another asset in use has the same bytes."""
    if not reason.strip():
        raise ValueError(_("Hãy ghi lý do xóa."))
    blob = Blob.objects.select_for_update().get(pk=asset.original_id)
    others = blob.assets.exclude(pk=asset.pk).exclude(state=Asset.State.WITHDRAWN).count()
    if others:
        raise ValueError(_("Còn %(count)d tệp khác có cùng nội dung. Hãy rút các tệp đó trước.") % {"count": others})
    if asset.state != Asset.State.WITHDRAWN:
        actions.withdraw(asset, user=user)
    for duplicate in Asset.objects.filter(original=blob):
        duplicate.derivatives.all().delete()
        duplicate.tracks.all().delete()
        duplicate.name_as_given, duplicate.private_meta, duplicate.probe = _("đã xóa"), {}, {}
        duplicate.dominant_colour = duplicate.look = ""
        duplicate.save(update_fields=["name_as_given", "private_meta", "probe", "dominant_colour", "look"])
    Blob.objects.filter(pk=blob.pk).update(state=ByteState.ERASED, checked_at=None)
    log(asset, ERASE, user=user, data={"sha256": blob.sha256, "reason": reason.strip()})
    transaction.on_commit(remove_erased)


def remove_erased() -> int:
    """Delete the bytes of every open order; returns the number of orders carried out. An absent storage is tried again later."""
    count = 0
    for blob in Blob.objects.filter(state=ByteState.ERASED, checked_at=None):
        try:
            for storage in [main_storage(patient=True), *copies()]:
                remove_bytes(storage, blob)
        except StorageError as error:
            logger.error("erasing %s waits: %s", blob.key, error)
            continue
        blob.copies.all().delete()
        Blob.objects.filter(pk=blob.pk).update(checked_at=timezone.now())
        count += 1
    return count


def remove_bytes(storage: Storage, blob: Blob) -> None:
    """Delete the object and its versions in quarantine, as an order of erasure says. Raises StorageError."""
    storage.require()
    quarantined = [stat.key for stat in storage.walk("q/") if stat.key.endswith(f"/{quarantine_name(blob.key)}")]
    for key in [blob.key, *quarantined]:
        if storage.stat(key) is not None:
            storage.delete(key, by_order=True)
            FixityEvent.objects.create(blob=blob, storage=storage.alias, key=key, action="erase", expected=blob.sha256, outcome="erased")
