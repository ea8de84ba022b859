"""Imports a bag that a library of this kind has exported. Without ``--write`` it only checks."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.accounts.models import Office, User
from media_pipeline.errors import Waiting

from ...actions.foreground import import_bag
from ...errors import SheetError
from ...models import Outcome


class Command(BaseCommand):
    help = "Nhập một gói lưu trữ (BagIt, .zip) do một thư viện cùng loại xuất ra. Không có --write thì chỉ kiểm tra."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="tệp .zip")
        parser.add_argument("--user", required=True, help="tên đăng nhập của người nhập; tư liệu thuộc cơ quan của người ấy")
        parser.add_argument("--office", help="mã của một cơ quan bên dưới, khi nhập thay cho cơ quan ấy")
        parser.add_argument("--write", action="store_true", help="nhập những tư liệu đã đúng")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"Không có người nào tên đăng nhập là {options['user']}.")
        office = Office.objects.filter(code=options["office"]).first() if options["office"] else user.office
        if office is None:
            raise CommandError("Không có cơ quan này.")
        try:
            job = import_bag(options["path"], user=user, office=office, write=options["write"])
        except SheetError as error:
            raise CommandError(error.message) from error
        except Waiting as waiting:
            raise CommandError(str(waiting.message)) from waiting
        except PermissionDenied as error:
            raise CommandError("Người này không được nhập vào cơ quan ấy.") from error
        counts = job.counts()
        self.stdout.write(
            f"Lần nhập số {job.pk}. {job.total} tư liệu đọc được = {counts[Outcome.CREATE]} thêm mới + {counts[Outcome.SKIP]} đã có"
            f" + {counts[Outcome.REFUSE]} chưa nhập được; {job.files.exclude(asset=None).count()} tệp."
        )
        for row in job.rows.filter(outcome=Outcome.REFUSE):
            self.stdout.write(f"{row.cells[0]}: {row.notes[-1]['allowed']}")
        for problem in job.files.exclude(problem="").values_list("problem", flat=True):
            self.stdout.write(problem)
