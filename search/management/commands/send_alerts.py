"""manage.py send_alerts: tells people what their saved searches found new. The index worker does the same every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from search.saved.alerts import send_alerts


class Command(BaseCommand):
    help = "Báo cho người đã lưu câu tìm những tư liệu mới. Chạy lại không báo trùng."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_alerts()} thư")
