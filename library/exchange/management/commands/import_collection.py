"""Imports a table with its media from a file, an archive or a folder of this machine. Without ``--write`` it only checks."""

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.accounts.models import Office, User
from library.records.profiles import all_profiles

from ...actions.foreground import import_path, take_back
from ...errors import SheetError
from ...models import Import, Outcome
from ...models.imports import Existing
from ...views.report import lines_of, results_of, rows_of

ROWS_PRINTED = 200


class Command(BaseCommand):
    help = "Nhập một bảng (.xlsx, .csv), một tệp .zip hay một thư mục có bảng và ảnh. Không có --write thì chỉ kiểm tra."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("path", type=Path, nargs="?", help="bảng, tệp .zip hay thư mục")
        parser.add_argument("--type", help="loại tư liệu: " + ", ".join(own.code for own in all_profiles()))
        parser.add_argument("--user", help="tên đăng nhập của người nhập; tư liệu thuộc cơ quan của người ấy")
        parser.add_argument("--office", help="mã của một cơ quan bên dưới, khi nhập thay cho cơ quan ấy")
        parser.add_argument("--column", action="append", default=[], metavar="CỘT=Ô", help="đưa cột vào ô, ví dụ DT=groups, STT=-")
        parser.add_argument("--existing", choices=Existing.values, default=Existing.FILL, help="dòng đã có: fill, replace hay skip")
        parser.add_argument("--write", action="store_true", help="nhập những dòng đã đúng")
        parser.add_argument("--undo", type=int, metavar="SỐ", help="hoàn tác lần nhập mang số này")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = self._undone(options) if options["undo"] else self._imported(options)
        except SheetError as error:
            raise CommandError(error.message) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError("Người này không được nhập vào cơ quan ấy.") from error
        self._print(job)

    def _imported(self, options: dict[str, Any]) -> Import:
        if not options["path"] or not options["type"] or not options["user"]:
            raise CommandError("Cần đường dẫn, --type và --user.")
        user = self._user(options["user"])
        office = Office.objects.filter(code=options["office"]).first() if options["office"] else user.office
        if office is None or options["type"] not in {own.code for own in all_profiles()}:
            raise CommandError("Không có cơ quan hay loại tư liệu này.")
        chosen = dict(pair.rpartition("=")[::2] for pair in options["column"])
        return import_path(
            options["path"], user=user, office=office, record_type=options["type"], chosen=chosen,
            existing=options["existing"], write=options["write"],
        )  # fmt: skip

    def _undone(self, options: dict[str, Any]) -> Import:
        job = Import.objects.filter(pk=options["undo"]).first()
        if job is None or not options["user"]:
            raise CommandError("Cần --user, và số của một lần nhập.")
        take_back(job, user=self._user(options["user"]))
        return job

    def _user(self, name: str) -> User:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"Không có người nào tên đăng nhập là {name}.")
        return user

    def _print(self, job: Import) -> None:
        """The equation, then what has to be mended."""
        counts = job.counts()
        parts = " + ".join(f"{counts[outcome]} {outcome.label}" for outcome in Outcome)
        self.stdout.write(f"Lần nhập số {job.pk}: {job.get_state_display()}. {job.total} dòng đọc được = {parts}")
        for kept in results_of(job.records.exclude(undone__in=("", "undone")), job.user):
            self.stdout.write(f"Giữ lại, đã có người sửa: {kept.title or 'một tư liệu không thuộc quyền xem'}")
        for line in lines_of(job, list(rows_of(job, "refused")[:ROWS_PRINTED]), "refused"):
            ways = f" ({' / '.join(line.choices)})" if line.choices else ""
            self.stdout.write(f"Dòng {line.number}, {line.column_name or '–'}: “{line.shown}”. {line.allowed}{ways}")
        if job.problem:
            raise CommandError(job.problem)
