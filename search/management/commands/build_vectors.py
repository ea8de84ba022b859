"""manage.py build_vectors: reads now, for search by meaning, all texts that the worker would read at night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing.outbox import drain_all
from search.indexing.vectors.builder import build_vectors
from search.semantic.embedder import ModelUnavailable
from search.semantic.installed import embedder


class Command(BaseCommand):
    help = "Đọc nghĩa của các tư liệu cho tìm kiếm theo nghĩa ngay bây giờ; ngắt giữa chừng thì lần sau đọc tiếp."

    def handle(self, *args: Any, **options: Any) -> None:
        model = embedder()
        if model is None:
            raise CommandError("SEARCH_SEMANTIC is off. See docs/settings.md.")
        try:
            count = build_vectors(model, self._progress)
        except ModelUnavailable as error:
            raise CommandError(str(error)) from error
        drain_all()
        self.stdout.write(str(count))

    def _progress(self, done: int, records: int) -> None:
        self.stdout.write(f"  {done} / {records}")
