"""``manage.py load_words``: load collections/words and say what happened."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from library.lexicon.load import load_words
from library.vocabularies.loading.rows import BrokenFileError


class Command(BaseCommand):
    help = "Load the word lists; repeatable, never overwrites what a person edited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="another folder with the same files")
        parser.add_argument("--if-changed", action="store_true", help="read nothing while the files are those of the last load")

    def handle(self, *args: Any, folder: Path | None = None, if_changed: bool = False, **options: Any) -> None:
        try:
            report = load_words(folder, if_changed=if_changed)
        except BrokenFileError as error:
            raise CommandError(_("Chưa nạp gì cả.\n%(problems)s") % {"problems": error}) from error
        for difference in report.differences:
            self.stdout.write(str(difference))
        self.stdout.write(
            _("Bảng từ: %(created)s dòng mới, %(updated)s dòng cập nhật, %(unchanged)s dòng giữ nguyên.")
            % {"created": report.created.total(), "updated": report.updated.total(), "unchanged": report.unchanged.total()}
        )
