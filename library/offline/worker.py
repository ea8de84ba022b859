"""The text of the service worker: its source behind what this build of the library puts into it."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.translation import override

SOURCE = Path(__file__).with_name("worker.js")
TEMPLATES = Path(settings.BASE_DIR) / "templates"
#: What the page for an address that cannot be reached needs; a page that a reader keeps brings its own files.
FILES = (
    "css/site.css",
    "css/offline.css",
    "js/search_field.js",
    "js/offline.js",
    "js/offline/copies.js",
    "js/offline/list.js",
    "img/mark.svg",
)
OWN_FOLDERS = ("css/", "js/", "img/", "vendor/")  # of the static files: the public site's, not the admin's
MEDIA = "/tep/"


@cache
def worker() -> str:
    """The whole script."""
    constants = json.dumps({"build": build(), **_constants()})
    return f"const LIBRARY = {constants};\n{SOURCE.read_text(encoding='utf-8')}"


@cache
def build() -> str:
    """A hash over all that the worker is and holds: browsers fetch a new one when it differs."""
    pages = [path for folder in ("offline", "frame") for path in sorted((TEMPLATES / folder).glob("*.html"))]
    sources = b"".join(path.read_bytes() for path in [SOURCE, TEMPLATES / "base.html", *pages])
    return hashlib.sha256(json.dumps(_constants()).encode() + sources).hexdigest()[:12]


@cache
def _constants() -> dict[str, object]:
    with override(settings.LANGUAGE_CODE):
        unreachable = _in_each_language(reverse("unreachable"))
        own = ["/tai-khoan/", "/en/tai-khoan/"]
    return {
        "shell": [*unreachable.values(), *map(static, FILES)],
        "unreachable": unreachable,
        "own": [settings.ADMIN_PREFIX, *own],
        "files": [settings.STATIC_URL + folder for folder in OWN_FOLDERS],
        "media": MEDIA,
    }


def _in_each_language(address: str) -> dict[str, str]:
    return {code: translate_url(address, code) for code, _name in settings.LANGUAGES}
