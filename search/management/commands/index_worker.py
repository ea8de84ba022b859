"""manage.py index_worker: tells the indexes what the outbox holds, until it is stopped."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from search.indexing.outbox import drain_once
from search.maintenance import Hourly, keep_up, rebuild_outdated
from search.saved.alerts import send_alerts

logger = logging.getLogger(__name__)

IDLE = 1.0  # seconds between looks while nothing waits


class Command(BaseCommand):
    help = "Cập nhật chỉ mục tìm kiếm theo các thay đổi đang chờ, cho đến khi dừng (Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        rebuild_outdated()
        self.hourly = Hourly()
        while not stopped.is_set():
            if self.settled_something(once=options["once"]):
                continue
            if options["once"]:
                break
            stopped.wait(IDLE)
            close_old_connections()

    def settled_something(self, once: bool) -> bool:
        """One round. What goes wrong here (the database is away, a disk is full) is logged, and the next round tries again."""
        try:
            if not once and self.hourly.due():
                send_alerts()
            return drain_once() > 0 or (not once and keep_up())
        except Exception:
            if once:
                raise
            logger.exception("A round of the index worker failed; the next one tries again")
            return False
