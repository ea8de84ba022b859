"""Runs all background processes, each started again when it ends: media jobs, the search index, Wagtail's own tasks."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from library.management.processes import Supervisor


class Command(BaseCommand):
    help = "Chạy mọi việc nền cho đến khi dừng (Ctrl-C)."

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor()
        for command in settings.BACKGROUND_COMMANDS:
            supervisor.start([sys.executable, sys.argv[0], *command], background=True, forked=True)
        supervisor.run()
