"""manage.py fill_festival_days: brings the days of all festivals up to date. `prepare` and the regular work run it."""

from typing import Any

from django.core.management.base import BaseCommand

from library.records.festivals.occurrences import update_all


class Command(BaseCommand):
    help = "Tính ngày của mọi lễ hội cho các năm tới. Chạy lại không ghi trùng; ngừng giữa chừng thì lần sau làm tiếp."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Ngày lễ hội: {update_all()} lễ hội được tính lại.")
