"""Creates or corrects the roles and the review workflow."""

from typing import Any

from django.core.management.base import BaseCommand

from library.accounts.roles import load_roles
from library.review.workflow import load_review_workflow


class Command(BaseCommand):
    help = "Tạo các vai trò và vòng duyệt; chạy lại thì sửa cho đúng bảng."

    def handle(self, *args: Any, **options: Any) -> None:
        load_roles()
        load_review_workflow()
