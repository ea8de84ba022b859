"""manage.py reconcile: compares the indexes with the database and enqueues what differs; exits 1 if anything did."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.engines.registry import sinks
from search.indexing.reconcile import reconcile


class Command(BaseCommand):
    help = "So chỉ mục tìm kiếm với cơ sở dữ liệu và xếp hàng những gì khác nhau."

    def handle(self, *args: Any, **options: Any) -> None:
        differing = 0
        for sink in sinks():
            try:
                found = reconcile(sink)
            except EngineUnavailable as error:
                raise CommandError(f"{sink}: {error}") from error
            differing += found.total
            counts = f"thiếu {len(found.missing)}, cũ {len(found.stale)}, thừa {len(found.surplus)}"
            ahead = f"; {len(found.ahead)} mới hơn cơ sở dữ liệu, cần rebuild_index" if found.ahead else ""
            self.stdout.write(f"{sink}: {counts}{ahead}")
        if differing:
            sys.exit(1)
