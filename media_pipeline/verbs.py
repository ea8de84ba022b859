"""The verbs of the desk: run the work on an asset again; withdraw an asset. Each in one transaction, with its log entry."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from . import plan, pub, signals, tasks
from .models import Asset, MediaJob

RUN_AGAIN, WITHDRAW = "media_pipeline.run_again", "media_pipeline.withdraw"
_ENDED = [MediaJob.State.DONE, MediaJob.State.FAILED, MediaJob.State.CANCELLED, MediaJob.State.RETRY_WAIT, MediaJob.State.WAITING]


@transaction.atomic
def run_again(asset: Asset, *, user: Any = None, only_failed: bool = True) -> int:
    """Queue the work once more: what has failed, or everything. Jobs at work are left alone. Returns how many were queued."""
    jobs = [job for job in plan.wanted_jobs(asset) if job.state in _ENDED and not (only_failed and job.state == MediaJob.State.DONE)]
    for job in jobs:
        MediaJob.objects.filter(pk=job.pk, state=job.state).update(
            state=MediaJob.State.QUEUED, attempts=0, progress=0, next_try_at=None, error_code="", error_text="", finished_at=None
        )
    made = plan.enqueue(asset)
    plan.refresh(asset)
    tasks.nudge([job.pk for job in jobs])
    log(asset, RUN_AGAIN, user=user, data={"jobs": [job.kind for job in [*jobs, *made]]})
    return len(jobs) + len(made)


@transaction.atomic
def withdraw(asset: Asset, *, user: Any = None) -> None:
    """Close every byte of the asset and cancel its work; the original stays. A worker that finishes later loses at the switch."""
    asset.jobs.exclude(state__in=[MediaJob.State.DONE, MediaJob.State.FAILED]).update(state=MediaJob.State.CANCELLED, lease_token=None)
    asset.state = Asset.State.WITHDRAWN
    asset.save(update_fields=["state"])
    pub.close(asset)
    log(asset, WITHDRAW, user=user)
    signals.asset_withdrawn.send(sender=Asset, asset=asset)
