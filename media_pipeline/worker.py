"""The table of work of a media worker, in the order of a round, and its loop."""

from collections.abc import Callable
from functools import partial
from threading import Event

from django.conf import settings

from background.loop import Loop
from background.work import Work

from .intake.assembly import assemble_next
from .jobs import notify
from .jobs.runner import run_one
from .preservation import sweeper
from .preservation.fixity import check_next, copy_next

# Of the time of the media jobs. Originals must not wait for their second copy until a long queue is done.
COPIES_SHARE, FIXITY_SHARE = 0.25, 0.05


def table(stop: Event, kinds: list[str] | None = None) -> list[Work]:
    """What a worker does: clean up after crashes, take in uploads, run jobs of these kinds (recipes or kinds of assets; None: all),
    make second copies, check stored files. While there are jobs, copies and checks have their share of the time, between two jobs."""
    lease = settings.MEDIA_LEASE_SECONDS
    return [
        *(Work(f"sweep {name}", step, every=lease) for name, step in sweeper.STEPS.items()),
        Work("abort part uploads", sweeper.abort_parts, every=sweeper.DAY_SECONDS, shared=True),
        Work("take in uploads", assemble_next),
        Work("media jobs", partial(run_one, kinds, stop), gives_way=True),
        Work("second copies", copy_next, share=COPIES_SHARE),
        Work("fixity", check_next, share=FIXITY_SHARE),
    ]


def run(stop: Event, *, kinds: list[str] | None = None, once: bool = False, idle: Callable[[], object] | None = None) -> list[str]:
    """Work until ``stop`` is set; with ``once`` only until nothing is left to do. Returns the names of works that failed last.

    With nothing to do it waits for a notification and looks again after a few seconds.
    """
    loop = Loop(table(stop, kinds), stop)
    loop.run(idle or partial(notify.wait, kinds, stop), once=once)
    return sorted(loop.failures)
