"""manage.py reconcile: compares the indexes with the database and enqueues what differs; exits 1 if anything did."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailable
from search.engines.registry import engine_names
from search.indexing.reconcile import reconcile


class Command(BaseCommand):
    help = "So chỉ mục tìm kiếm với cơ sở dữ liệu và xếp hàng những gì khác nhau."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for engine_name in engine_names():
            try:
                differences = reconcile(engine_name)
            except EngineUnavailable as error:
                raise CommandError(f"{engine_name}: {error}") from error
            total += differences.total
            counts = f"thiếu {differences.missing}, cũ {differences.stale}, thừa {differences.surplus}"
            ahead = f"; {differences.ahead} mới hơn cơ sở dữ liệu, cần rebuild_index" if differences.ahead else ""
            self.stdout.write(f"{engine_name}: {counts}{ahead}")
        if total:
            sys.exit(1)
