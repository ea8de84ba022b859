"""Makes one backup of database and originals in another storage: a folder on another disk, or a bucket."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.operations.backup import make_backup
from library.operations.database_copy import DatabaseCopyError
from library.operations.snapshots import BackupError
from media_pipeline.storage import open_storage
from media_pipeline.storage.base import StorageError


class Command(BaseCommand):
    """Safe to repeat: what is there already is not copied again. Exits 1 when a file could not be copied."""

    help = "Sao lưu cơ sở dữ liệu và các bản gốc sang kho khác: một thư mục trên đĩa khác, hoặc s3://bucket."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="FOLDER|s3://BUCKET")
        parser.add_argument("--init", action="store_true", help="lần đầu: chuẩn bị kho sao lưu còn trống")
        parser.add_argument("--keep", type=int, default=30, help="số bản sao cơ sở dữ liệu được giữ (bản gốc thì giữ hết)")
        parser.add_argument("--verify", action="store_true", help="đọc lại mọi bản gốc trong kho sao lưu và so mã")

    def handle(self, *args: Any, **options: Any) -> None:
        target = open_storage(options["address"], "backup", patient=True)
        try:
            if options["init"]:
                target.prepare()
            manifest = make_backup(target, keep=options["keep"], verify=options["verify"], report=self.stderr.write)
        except (StorageError, DatabaseCopyError, BackupError) as error:
            raise CommandError(str(error)) from error
        size = manifest.original_bytes / 1e9
        self.stdout.write(f"{manifest.stamp}: {sum(manifest.tables.values())} dòng, {manifest.original_count} bản gốc ({size:.2f} GB)")
        if manifest.problems:
            self.stderr.write(f"Không sao lưu được {len(manifest.problems)} tệp; xem manifest.json.")
            sys.exit(1)
