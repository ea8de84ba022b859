"""Packs the static files for browsers: names with a hash, compressed beside them. Does nothing when no file has changed."""

from typing import Any

from django.core.management.base import BaseCommand

from library.frame.static_files import pack_static_files


class Command(BaseCommand):
    """A step of ``prepare``."""

    help = "Gom và nén các tệp tĩnh, nếu đã đổi."

    def handle(self, *args: Any, **options: Any) -> None:
        pack_static_files()
