"""manage.py ensure_index: makes the indexes where there are none, and rebuilds those made for other facets or never filled."""

from typing import Any

from django.core.management.base import BaseCommand

from search.engines.base import EngineUnavailable
from search.engines.registry import engine, engine_names, lexicon_path
from search.indexing.knowledge import learn
from search.indexing.outbox import drain_all
from search.indexing.rebuild import rebuild_index
from search.maintenance import rebuild_outdated


class Command(BaseCommand):
    help = "Tạo chỉ mục tìm kiếm nếu chưa có, cập nhật các thay đổi đang chờ, học chính tả từ kho tư liệu."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild_outdated()
        for engine_name in engine_names():
            try:
                if not engine(engine_name).health().documents:
                    rebuild_index(engine_name)
            except EngineUnavailable as error:
                self.stderr.write(f"{engine_name}: {error}")
        drain_all()
        if not lexicon_path().exists():
            learn()
