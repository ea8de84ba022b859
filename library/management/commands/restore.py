"""Brings a backup back. The site must be stopped; the present database is replaced."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.operations.database_copy import DatabaseCopyError
from library.operations.restore import restore, restore_database
from library.operations.snapshots import BackupError, complete
from media_pipeline.storage import open_storage
from media_pipeline.storage.base import Storage, StorageError


class Command(BaseCommand):
    """Safe to repeat after it was cut off. Exits 1 when something is not as the backup says."""

    help = "Khôi phục từ bản sao lưu. Hãy dừng trang web và các việc nền trước; cơ sở dữ liệu hiện tại bị thay thế."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="FOLDER|s3://BUCKET")
        parser.add_argument("--list", action="store_true", help="chỉ kể các bản sao lưu đang có")
        parser.add_argument("--snapshot", default="", metavar="STAMP", help="bản nào; không ghi: bản mới nhất")
        parser.add_argument("--new-storage", action="store_true", help="kho tệp chính mới và còn trống: chuẩn bị kho")
        parser.add_argument("--database-only", action="store_true", help="chỉ cơ sở dữ liệu, để quay lại bản phần mềm cũ; tệp giữ nguyên")
        parser.add_argument("--replace", action="store_true", help="đồng ý thay cơ sở dữ liệu hiện tại")

    def handle(self, *args: Any, **options: Any) -> None:
        source = open_storage(options["address"], "backup", patient=True)
        try:
            if options["list"]:
                self.stdout.write("\n".join(complete(source)))
                return
            if not options["replace"]:
                raise CommandError("Cơ sở dữ liệu hiện tại sẽ bị thay thế. Nếu đồng ý, hãy thêm --replace.")
            problems = (self._database if options["database_only"] else self._everything)(source, options)
        except (StorageError, DatabaseCopyError, BackupError) as error:
            raise CommandError(str(error)) from error
        for line in problems:
            self.stderr.write(line)
        if problems:
            sys.exit(1)

    def _database(self, source: Storage, options: dict[str, Any]) -> list[str]:
        differing = restore_database(source, options["snapshot"], report=self.stderr.write)
        self.stdout.write("Cơ sở dữ liệu đã về như lúc sao lưu. Bây giờ hãy cài bản phần mềm cũ, rồi chạy prepare và rebuild_index.")
        return differing

    def _everything(self, source: Storage, options: dict[str, Any]) -> list[str]:
        done = restore(source, options["snapshot"], new_storage=options["new_storage"], report=self.stderr.write)
        self.stdout.write(
            f"{done.stamp}: chép lại {done.copied} bản gốc, làm lại bản dẫn xuất của {done.made_again} tệp, "
            f"{done.untracked} bản gốc mới hơn bản sao lưu được giữ nguyên, {done.erased} lệnh xóa được thi hành lại"
        )
        return [*done.differing, *done.problems]
