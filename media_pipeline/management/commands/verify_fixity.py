"""``manage.py verify_fixity``: check the stored bytes, repair them from the second copy, report untracked files."""

import math
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline.models import Blob
from media_pipeline.preservation import fixity


class Command(BaseCommand):
    """By default a thirtieth of everything: run nightly, each byte is read once a month."""

    help = _("Kiểm tra các tệp đã lưu còn nguyên vẹn không, sửa từ bản sao thứ hai.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help=_("kiểm tra tất cả, không chỉ một phần ba mươi"))

    def handle(self, *args: Any, **options: Any) -> None:
        share = Blob.objects.count() if options["all"] else math.ceil(Blob.objects.count() / fixity.EVERY.days)
        counts = fixity.verify(list(fixity.due(now=True)[:share]))
        for outcome, count in sorted(counts.items()):
            self.stdout.write(f"{outcome}: {count}")
        untracked = fixity.find_untracked() if counts else []
        self.stdout.write(f"untracked: {len(untracked)}")
        if untracked or set(counts) - {"ok"} or (share and not counts):
            sys.exit(1)
