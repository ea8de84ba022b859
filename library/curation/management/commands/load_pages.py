"""manage.py load_pages: the editorial pages of a new installation."""

from typing import Any

from django.core.management.base import BaseCommand

from library.curation.load import load_pages


class Command(BaseCommand):
    help = "Tạo các trang biên tập còn thiếu (giới thiệu, quyền, tiếp cận …); trang đã có giữ nguyên."

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = load_pages()
        self.stdout.write(f"trang biên tập: {len(slugs)} trang mới" + (f" ({', '.join(slugs)})" if slugs else ""))
