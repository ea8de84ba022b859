"""manage.py load_stories: the stories of the starter collection."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from library.curation.load_stories import load_stories


class Command(BaseCommand):
    help = "Tạo những chuyện còn thiếu của bộ tư liệu mở đầu; chuyện đã có giữ nguyên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-changed", action="store_true", help="Không làm gì khi tệp vẫn như lần nạp trước.")

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = load_stories(if_changed=options["if_changed"])
        self.stdout.write(f"chuyện: {len(slugs)} chuyện mới" + (f" ({', '.join(slugs)})" if slugs else ""))
