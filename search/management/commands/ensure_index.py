"""manage.py ensure_index: makes the indexes where there are none, and builds anew those made for other facets or never filled."""

from typing import Any

from django.core.management.base import BaseCommand

from search.engines.base import EngineUnavailable, IndexOutdated
from search.engines.registry import engine, lexicon_path, sinks
from search.knowledge import learn
from search.outbox import drain_all
from search.rebuild import rebuild_index


class Command(BaseCommand):
    help = "Tạo chỉ mục tìm kiếm nếu chưa có, cập nhật các thay đổi đang chờ, học chính tả từ kho tư liệu."

    def handle(self, *args: Any, **options: Any) -> None:
        for sink in sinks():
            try:
                engine(sink).ensure()
                if not engine(sink).health().documents:
                    rebuild_index(sink)
            except IndexOutdated:
                rebuild_index(sink)
            except EngineUnavailable as error:
                self.stderr.write(f"{sink}: {error}")
        drain_all()
        if not lexicon_path().exists():
            learn()
