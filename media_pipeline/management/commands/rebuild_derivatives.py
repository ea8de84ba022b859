"""``manage.py rebuild_derivatives``: queue the work on assets once more, after an upgrade of tools or a loss of derivatives."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline import actions
from media_pipeline.models import Asset


class Command(BaseCommand):
    """Originals are only read. The same recipe on the same tools gives the same bytes, but for films made with several threads."""

    help = _("Xếp hàng làm lại các bản dẫn xuất.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("uuids", nargs="*", metavar="UUID", help=_("chỉ các tệp này; không ghi: tất cả"))
        parser.add_argument("--kind", choices=Asset.Kind.values, help=_("chỉ loại này"))

    def handle(self, *args: Any, **options: Any) -> None:
        assets = Asset.objects.exclude(state=Asset.State.WITHDRAWN).select_related("original")
        if options["uuids"]:
            assets = assets.filter(uuid__in=options["uuids"])
        if options["kind"]:
            assets = assets.filter(kind=options["kind"])
        queued = sum(actions.run_again(asset, only_failed=False) for asset in assets.iterator())
        self.stdout.write(_("Đã xếp %(count)d việc.") % {"count": queued})
