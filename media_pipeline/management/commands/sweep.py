"""``manage.py sweep``: one round of the sweeper; with --orphans also the files without a row, which reads the whole listing.

Of those, derivatives are deleted, for they can be made again; originals are moved to quarantine and named.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline.preservation import quarantine, sweeper


class Command(BaseCommand):
    """Runs by itself in every worker; by hand after a restore or once a day with --orphans."""

    help = _("Dọn dẹp: trả việc của máy đã dừng, bỏ thư mục tạm, bỏ tệp không ai dùng.")

    def add_arguments(self, parser: CommandParser) -> None:
        words = _("cả tệp không có dòng nào trong cơ sở dữ liệu: xóa bản dẫn xuất, chuyển bản gốc vào khu cách ly")
        parser.add_argument("--orphans", action="store_true", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        counts = sweeper.sweep()
        if options["orphans"]:
            counts["orphans"] = sweeper.remove_orphans()
            originals = quarantine.move_untracked()
            counts["quarantined"] = len(originals)
            for key in originals:
                self.stdout.write(key)
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
