"""``manage.py quarantine``: lists what is in quarantine; with --put-back it returns what the database names and the storage lacks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline.preservation import quarantine


class Command(BaseCommand):
    """Lists by default and changes nothing. Nothing is ever deleted here."""

    help = _("Liệt kê khu cách ly; trả lại bản gốc mà cơ sở dữ liệu có ghi nhưng kho không còn.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--put-back", action="store_true", help=_("trả về chỗ cũ những bản gốc có dòng trong cơ sở dữ liệu"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["put_back"]:
            returned = quarantine.put_back()
            for key in returned:
                self.stdout.write(key)
            self.stdout.write(f"put back: {len(returned)}")
            return
        count = size = 0
        for stat in quarantine.objects():
            self.stdout.write(f"{stat.modified:%Y-%m-%d %H:%M}  {stat.size:>12}  {stat.key}")
            count, size = count + 1, size + stat.size
        self.stdout.write(f"quarantine: {count}, {size} bytes")
