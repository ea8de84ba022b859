"""``manage.py media_worker``: carries out media jobs until it is asked to stop, then hands the one at work back."""

import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils.translation import gettext as _

from media_pipeline.intake.uploads import assemble_next
from media_pipeline.jobs import notify
from media_pipeline.jobs.runner import run_one
from media_pipeline.preservation.fixity import check_next, copy_next
from media_pipeline.preservation.sweeper import sweep

DATABASE_AWAY_SECONDS = 5


class Command(BaseCommand):
    """The worker's loop: sweep once a lease, run what may run, wait for a nudge, look again after a few seconds."""

    help = _("Xử lý các tệp đang chờ; dừng bằng Ctrl-C, việc đang làm được trả lại hàng đợi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("làm hết việc đang chờ rồi thoát"))
        parser.add_argument("--kinds", nargs="+", metavar="KIND", help=_("chỉ nhận các loại việc này: image audio video document …"))

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        swept = 0.0
        while not stop.is_set():
            close_old_connections()
            try:
                if time.monotonic() - swept > settings.MEDIA_LEASE_SECONDS or not swept:
                    sweep()
                    swept = time.monotonic()
                worked = assemble_next() or run_one(options["kinds"], stop) or copy_next() or check_next()
            except OperationalError as error:  # the database is away or locked: wait for it, the leases are safe in it
                self.stderr.write(str(error))
                worked = bool(stop.wait(DATABASE_AWAY_SECONDS))
            if not worked:
                if options["once"]:
                    return
                notify.wait(options["kinds"], stop)
