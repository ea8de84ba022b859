"""The storage of static files: hashed names, which browsers may cache for ever, also in the imports of our own modules."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports of our own modules (js/) rewritten to the hashed names.

    Django can do so for every script of every package (``support_js_module_import_aggregation``); here it is used for our own scripts
    only, because it reads scripts with regular expressions and fails at an import that it cannot resolve.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def stored_name(self, name: str) -> str:
        """The hashed name. The name itself where nothing was packed: a page without its style, the error page too, is better than none."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compresses the hashed names, which pages name; the plain name beside each took as long again."""
        yield from super().compress_files(set(paths) & set(self.hashed_files.values()))


def pack_static_files() -> bool:
    """Collect, hash and compress the static files, unless that was done from exactly these; returns whether it was done now."""
    stamp, current = Path(settings.STATIC_ROOT) / "packed-from", fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(current)
    return True


def fingerprint() -> str:
    """A hash over name, size and time of change of every static file of every package."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
