"""A page of a pack: a template, and addresses that lead inside the pack where the thing is in it, else to the library's site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape

from library.frame.page_weight import without_indentation

from ..models import Pack

ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')
#: Where a static file of the library lies in a pack.
STATIC = {
    "css/site.css": "pack/site.css",
    "css/pack.css": "pack/pack.css",
    "js/pack/pack.js": "pack/pack.js",
    "js/pack/search.js": "pack/search.js",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of an issue share. ``inside``: address on the site → path in the pack, of all that is in it."""

    pack: Pack
    number: int
    inside: Mapping[str, str] = field(default_factory=dict)

    def page(self, template: str, context: dict[str, Any], path: str) -> str:
        """The page that lies at ``path``."""
        base = "../" * path.count("/")
        told = {"pack": self.pack, "number": self.number, "base": base, "site": settings.SITE_URL}
        written = without_indentation(render_to_string(f"packs/inside/{template}", told | context).encode()).decode()
        return ADDRESS.sub(lambda found: f'{found[1]}="{self._address(found[2], base)}"', written)

    def _address(self, address: str, base: str) -> str:
        path = self.inside.get(address)
        return f"{base}{path}" if path else escape(settings.SITE_URL) + address


def static_files() -> dict[str, bytes]:
    """Path in the pack → the styles and scripts of all packs."""
    return {path: Path(str(finders.find(name))).read_bytes() for name, path in STATIC.items()}
