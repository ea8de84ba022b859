"""``manage.py sweep``: one round of the sweeper; with --orphans also the files without a row, which reads the whole listing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline.preservation import sweeper


class Command(BaseCommand):
    """Runs by itself in every worker; by hand after a restore or once a day with --orphans."""

    help = _("Dọn dẹp: trả việc của máy đã dừng, bỏ thư mục tạm, bỏ tệp không ai dùng.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--orphans", action="store_true", help=_("bỏ cả tệp trong kho không có dòng nào trong cơ sở dữ liệu"))

    def handle(self, *args: Any, **options: Any) -> None:
        counts = sweeper.sweep()
        if options["orphans"]:
            counts["orphans"] = sweeper.remove_orphans()
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
