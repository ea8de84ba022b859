"""Checks a pack that somebody brings back: is it the library's, and is every file in it as it was issued?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from library.packs.archive.verify import faults_of
from library.packs.signing import is_signed, public_key


class Command(BaseCommand):
    help = "Verify the signature and every file of a pack or of a delta."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="public key (PEM) as the library's site gives it; without it, the key of this library")

    def handle(self, *args: Any, file: Path, key: Path | None, **options: Any) -> None:
        """Says every fault, and ends with an error when there is one."""
        signer = key.read_bytes() if key else public_key()
        faults = faults_of(file, lambda content, signature: is_signed(content, signature, signer))
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(_("Gói nguyên vẹn, đúng chữ ký của thư viện."))
