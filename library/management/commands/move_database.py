"""Moves the library into another database, usually from SQLite to PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.operations.move import MoveError, move_database


class Command(BaseCommand):
    """The present database is only read. Afterwards DATABASE_URL must name the new one."""

    help = "Chép toàn bộ cơ sở dữ liệu hiện tại sang một cơ sở dữ liệu còn trống, rồi so số dòng của từng bảng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", metavar="postgresql://USER:PASSWORD@HOST/NAME", help="địa chỉ như của DATABASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = move_database(options["url"])
        except MoveError as error:
            raise CommandError(str(error)) from error
        for table, rows in sorted(counts.items()):
            if rows:
                self.stdout.write(f"{rows:>9}  {table}")
        self.stdout.write(f"Đã chép {sum(counts.values())} dòng của {len(counts)} bảng; số dòng hai bên bằng nhau.")
        self.stdout.write("Bây giờ hãy đổi DATABASE_URL rồi khởi động lại.")
