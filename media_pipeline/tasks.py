"""Background tasks: ids and one call each. A task is a nudge; ``MediaJob`` rows with their leases are the truth."""

from django.conf import settings
from django.db import transaction
from django_tasks import task


@task()
def run_media_job(job_id: int) -> None:
    """Run one media job, unless another worker has it or has done it."""
    from .runner import run_job

    run_job(job_id)


def nudge(job_ids: list[int]) -> None:
    """Tell the queue of ``MEDIA_TASK_QUEUE``, once this transaction is committed, that there is work.

    Without that setting ``manage.py media_worker`` looks for itself every few seconds. A lost nudge costs time, never work.
    """
    if settings.MEDIA_TASK_QUEUE:
        queued = run_media_job.using(queue_name=settings.MEDIA_TASK_QUEUE)
        transaction.on_commit(lambda: [queued.enqueue(each) for each in job_ids])
