"""Creates the demonstration logins that `make run` prints."""

from typing import Any

from django.core.management.base import BaseCommand

from library.accounts.demo import load_demo_users


class Command(BaseCommand):
    help = "Tạo các tài khoản thử (chỉ trên máy thử)."

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo_users()
