"""``manage.py media_worker``: carries out media jobs until it is asked to stop, then hands the one at work back."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from media_pipeline import worker


class Command(BaseCommand):
    """Starts the loop of ``media_pipeline.worker`` and stops it on a signal."""

    help = _("Xử lý các tệp đang chờ; dừng bằng Ctrl-C, việc đang làm được trả lại hàng đợi.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("làm hết việc đang chờ rồi thoát"))
        parser.add_argument("--kinds", nargs="+", metavar="KIND", help=_("chỉ nhận các loại việc này: image audio video document …"))

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        if failing := worker.run(stop, kinds=options["kinds"], once=options["once"]):
            raise CommandError(_("Chưa làm được: %(names)s. Xem nhật ký.") % {"names": ", ".join(failing)})
