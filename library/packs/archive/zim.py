"""The same pages as a ZIM file, which Kiwix opens: written from the ZIP of an issue by libzim, where that is installed (extra ``zim``).

A page in Kiwix reaches no other site, so such a copy never learns what was withdrawn later; the page of the pack says so.
"""

import mimetypes
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from PIL import Image

from .writing import OF_THE_ISSUE

MIME = "application/x-zim"  # no name is registered; openZIM uses this one
LANGUAGES = {"vi": "vie", "en": "eng"}  # ISO 639-3, as readers of ZIM want it
MAIN = "index.html"
ICON, ICON_PIXELS = "img/icon-192.png", 48
DESCRIPTION_LENGTH = 80  # letters, by openZIM
CHUNK = 256 * 1024


def can_write_zim() -> bool:
    """Whether libzim is installed."""
    return find_spec("libzim") is not None


def write_zim(whole: Path, target: Path, manifest: dict[str, Any], step: Callable[[], None]) -> None:
    """Writes the files of an issue's ZIP as one ZIM, with a full-text index.

    ``manifest`` is that of the issue; ``step`` is called before each file.
    """
    from libzim.writer import Creator

    folder, language = f"{manifest['folder']}/", LANGUAGES[manifest["language"]]
    creator = Creator(target).config_indexing(True, language).set_mainpath(MAIN)
    with zipfile.ZipFile(whole) as archive, creator:
        creator.add_illustration(ICON_PIXELS, _icon())
        for name, value in _metadata(manifest).items():
            creator.add_metadata(name, value)
        for info in archive.infolist():
            step()
            path = info.filename.removeprefix(folder)
            if path not in OF_THE_ISSUE:
                creator.add_item(_item(archive, info, path))


def _metadata(manifest: dict[str, Any]) -> dict[str, str]:
    """What every ZIM must tell of itself (openZIM, Metadata)."""
    library = _("Thư viện số Văn hóa các dân tộc Việt Nam")
    description = _("%(name)s, số %(number)d") % {"name": manifest["name"], "number": manifest["number"]}
    return {
        "Name": manifest["folder"],
        "Title": manifest["name"][:30],
        "Description": description[:DESCRIPTION_LENGTH],
        "Language": LANGUAGES[manifest["language"]],
        "Creator": library,
        "Publisher": library,
        "Source": manifest["site"],
        "Date": manifest["issued"][:10],
    }


def _icon() -> bytes:
    written = BytesIO()
    with Image.open(str(finders.find(ICON))) as icon:
        icon.convert("RGBA").resize((ICON_PIXELS, ICON_PIXELS)).save(written, "PNG")
    return written.getvalue()


def _item(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> Any:
    """A file of the ZIP as libzim takes it: read piece by piece, in the thread that libzim asks in."""
    from libzim.writer import Blob, ContentProvider, Hint, Item

    mime = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_page = mime == "text/html"

    class Pieces(ContentProvider):  # type: ignore[misc]
        def get_size(self) -> int:
            return info.file_size

        def gen_blob(self) -> Iterator[Any]:
            with archive.open(info) as file:
                while chunk := file.read(CHUNK):
                    yield Blob(chunk)

    class File(Item):  # type: ignore[misc]
        def get_path(self) -> str:
            return path

        def get_title(self) -> str:
            return _title(archive.read(info)) if is_page else ""

        def get_mimetype(self) -> str:
            return mime

        def get_hints(self) -> dict[Any, int]:
            return {Hint.FRONT_ARTICLE: is_page, Hint.COMPRESS: info.compress_type == zipfile.ZIP_DEFLATED}

        def get_contentprovider(self) -> Any:
            return Pieces()

    return File()


def _title(page: bytes) -> str:
    """What stands in the page's ``title``, without the library's name."""
    title = page.decode().partition("<title>")[2].partition("</title>")[0]
    return strip_tags(title).partition(" · ")[0].strip()
