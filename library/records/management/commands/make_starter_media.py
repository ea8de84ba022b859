"""``manage.py make_starter_media``: make the files of collections/starter/media anew (developers; ``make starter-media``)."""

from typing import Any

from django.core.management.base import BaseCommand

from library.records.starter.making.make import make_starter_media


class Command(BaseCommand):
    help = "Make the starter media from the data: maps, lists, spoken summaries, one film."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in make_starter_media():
            self.stdout.write(f"{line.file} → {line.record}")
