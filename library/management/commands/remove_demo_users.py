"""Deletes the demonstration logins. Production does not start while they are there, so this command runs without the checks."""

from typing import Any

from django.core.management.base import BaseCommand

from library.accounts.demo import remove_demo_users


class Command(BaseCommand):
    help = "Xóa các tài khoản thử còn mật khẩu in trong tài liệu."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        names = remove_demo_users()
        self.stdout.write(f"Đã xóa: {', '.join(names)}." if names else "Không có tài khoản thử nào.")
