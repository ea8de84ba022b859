"""manage.py index_worker: tells the indexes what the outbox holds, and does the regular work, until it is stopped."""

import signal
import threading
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from background.loop import Loop
from background.work import tables
from search import maintenance

IDLE = 1.0  # seconds between looks while nothing waits


class Command(BaseCommand):
    help = "Cập nhật chỉ mục tìm kiếm theo các thay đổi đang chờ và làm các việc định kỳ, cho đến khi dừng (Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        table = maintenance.DRAINING if options["once"] else [*maintenance.DRAINING, *maintenance.UPKEEP, *tables(settings.REGULAR_WORK)]
        loop = Loop(table, stop)
        loop.run(partial(stop.wait, IDLE), once=options["once"])
        if options["once"] and loop.failures:
            raise CommandError(f"Chưa làm được: {', '.join(sorted(loop.failures))}. Xem nhật ký.")
