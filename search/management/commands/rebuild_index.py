"""manage.py rebuild_index: builds new indexes while the old ones answer, then puts them in use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.engines.registry import engine_names
from search.indexing.rebuild import RebuildFailed, rebuild_index


class Command(BaseCommand):
    help = "Dựng lại chỉ mục tìm kiếm; chỉ mục cũ vẫn trả lời cho đến khi xong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--index", choices=engine_names(), action="append", help="chỉ dựng chỉ mục này")

    def handle(self, *args: Any, **options: Any) -> None:
        for engine_name in options["index"] or engine_names():
            try:
                count = rebuild_index(engine_name, lambda done: self.stdout.write(f"  {done}"))
            except (EngineUnavailable, RebuildFailed) as error:
                raise CommandError(f"{engine_name}: {error}") from error
            self.stdout.write(f"{engine_name}: {count}")
