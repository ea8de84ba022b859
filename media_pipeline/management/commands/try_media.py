"""``manage.py try_media FILE… --json``: what would become of these files, without keeping any of them.

The command starts itself again on a scratch database and a scratch storage in a folder of its own, so that nothing of the
installation is read or written, and the real ingest and the real runner do the work.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from media_pipeline.intake.dry_run import prepare_scratch_installation, try_file

INSIDE = "TRY_MEDIA_FOLDER"


class Command(BaseCommand):
    """For curators before a batch, and for the tests."""

    help = _("Thử xem các tệp này có dùng được không; không lưu lại gì.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help=_("in mỗi tệp một dòng JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        files = [path.resolve() for path in options["files"]]
        if absent := [str(path) for path in files if not path.is_file()]:
            self.stderr.write(_("Không có tệp: %(names)s") % {"names": ", ".join(absent)})
            sys.exit(2)
        if os.environ.get(INSIDE):
            prepare_scratch_installation()
            for path in files:
                self._print(try_file(path), as_json=options["json"])
            return
        with tempfile.TemporaryDirectory(prefix="try-media-") as folder:
            sys.exit(_again(Path(folder), files, as_json=options["json"]))

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            line = json.dumps(report, ensure_ascii=False)
        else:
            kilobytes = sum(each["bytes"] for each in report["derivatives"]) / 1000
            line = f"{report['outcome']:10} {report['file']}  {kilobytes:.0f} KB  {report['message']}"
        self.stdout.write(line)
        self.stdout.flush()


def _again(folder: Path, files: list[Path], *, as_json: bool) -> int:
    """Run this command with everything it writes below the folder; returns its exit status."""
    environment = os.environ | {
        INSIDE: str(folder),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "DATABASE_URL": f"sqlite:///{folder}/try.sqlite3",
        "MEDIA_STORAGE": str(folder / "media"),
        "MEDIA_SCRATCH": str(folder / "scratch"),
        "MEDIA_COPIES": "",
        "MEDIA_QUEUE_URL": "",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH")])),
    }
    command = [sys.executable, "-m", "django", "try_media", *map(str, files)] + (["--json"] if as_json else [])
    return subprocess.run(command, env=environment, check=False).returncode
