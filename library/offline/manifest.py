"""The web application manifest (W3C): name, colours and icons of the library when it is installed, in the reader's language."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.frame.drawing.app_icon import SIZES, icon_name
from library.frame.styles import DYE

PAPER = "#f8f4ea"  # --paper of the stylesheet
SHORTCUTS = ("festivals", "words", "kept")


def manifest() -> dict[str, Any]:
    """The members of the manifest. One application in all languages: the ``id`` is the same."""
    names = {"festivals": _("Lịch lễ hội"), "words": _("Tiếng nói"), "kept": _("Giữ lại để xem không mạng")}
    return {
        "id": "/",
        "name": _("Thư viện số Văn hóa các dân tộc Việt Nam"),
        "short_name": _("Thư viện số"),
        "description": _("Lễ hội, trang phục, tiếng nói, nghề và di sản của 54 dân tộc Việt Nam. Nhẹ, có nguồn, tìm không dấu."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": DYE,
        "background_color": PAPER,
        "icons": [_icon(size, purpose) for purpose in ("any", "maskable") for size in SIZES],
        "shortcuts": [{"name": names[page], "url": reverse(page)} for page in SHORTCUTS],
    }


def _icon(size: int, purpose: str) -> dict[str, str]:
    return {"src": static(f"img/{icon_name(size)}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
