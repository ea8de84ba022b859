"""What staff do with an asset: run the work on an asset again, put a better one in its place, turn a picture, withdraw it.

Each action is one transaction, with its log entry.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from . import signals
from .delivery import public_links
from .jobs import notify, plan
from .models import Asset, MediaJob

RUN_AGAIN, WITHDRAW, REPLACE, TURN = (f"media_pipeline.{name}" for name in ("run_again", "withdraw", "replace", "turn"))
QUARTER = 90  # degrees
_ENDED = [MediaJob.State.DONE, MediaJob.State.FAILED, MediaJob.State.CANCELLED, MediaJob.State.RETRY_WAIT, MediaJob.State.WAITING]


@transaction.atomic
def run_again(asset: Asset, *, user: Any = None, only_failed: bool = True) -> int:
    """Queue the work once more: what has failed, or everything. Running jobs are left alone. Returns the number of queued jobs."""
    jobs = [job for job in plan.current_jobs(asset) if job.state in _ENDED and not (only_failed and job.state == MediaJob.State.DONE)]
    for job in jobs:
        MediaJob.objects.filter(pk=job.pk, state=job.state).update(
            state=MediaJob.State.QUEUED, attempts=0, progress=0, next_try_at=None, error_code="", error_text="", finished_at=None
        )
    new_jobs = plan.enqueue(asset)
    plan.refresh(asset)
    notify.send(jobs)
    log(asset, RUN_AGAIN, user=user, data={"jobs": [job.kind for job in [*jobs, *new_jobs]]})
    return len(jobs) + len(new_jobs)


@transaction.atomic
def replace(asset: Asset, by: Asset, *, user: Any = None) -> None:
    """A better scan or recording takes the place of this one; the old asset, its original and its words stay as they are.

    Raises ValueError for another kind of file, for itself, and for one that was replaced already.
    """
    if by.kind != asset.kind:
        raise ValueError(_("Tệp thay thế phải cùng loại: %(kind)s.") % {"kind": asset.get_kind_display()})
    if by.pk == asset.pk or asset.replaced_by_id or by.replaced_by_id:
        raise ValueError(_("Tệp này đã được thay, hoặc không thay được bằng chính nó."))
    asset.replaced_by = by
    asset.save(update_fields=["replaced_by"])
    log(asset, REPLACE, user=user, data={"by": str(by.uuid)})
    signals.asset_replaced.send(sender=Asset, asset=asset, by=by, user=user)


@transaction.atomic
def turn(asset: Asset, degrees: int, *, user: Any = None) -> None:
    """Shows a picture turned clockwise by so many degrees, beside its own orientation. The original stays; its derivatives are made again.

    Raises ValueError for what is no picture, and for other angles than whole quarters.
    """
    if asset.kind != Asset.Kind.IMAGE or degrees % QUARTER:
        raise ValueError(degrees)
    asset = Asset.objects.select_for_update(of=("self",)).select_related("original").get(pk=asset.pk)
    before, asset.turn = asset.turn, degrees % 360
    if asset.turn == before:
        return
    if (asset.turn - before) % 180:
        asset.width, asset.height = asset.height, asset.width
    asset.save(update_fields=["turn", "width", "height"])
    plan.drop_overtaken(asset)
    plan.enqueue(asset)
    plan.refresh(asset)
    log(asset, TURN, user=user, data={"turn": asset.turn})


@transaction.atomic
def withdraw(asset: Asset, *, user: Any = None) -> None:
    """Close every byte of the asset and cancel its work; the original stays. A worker that finishes later cannot activate its result."""
    asset.jobs.exclude(state__in=[MediaJob.State.DONE, MediaJob.State.FAILED]).update(state=MediaJob.State.CANCELLED, lease_token=None)
    asset.state = Asset.State.WITHDRAWN
    asset.save(update_fields=["state"])
    public_links.close(asset)
    log(asset, WITHDRAW, user=user)
    signals.asset_withdrawn.send(sender=Asset, asset=asset)
