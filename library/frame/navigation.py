"""The doors of the public site: one table for the header, one for the footer."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Door:
    """A link to a named page, with a query or a place on it."""

    label: Promise
    page: str
    query: str = ""
    anchor: str = ""

    @property
    def url(self) -> str:
        """The address in the reader's language."""
        return reverse(self.page) + (f"?{self.query}" if self.query else "") + (f"#{self.anchor}" if self.anchor else "")

    def is_here(self, request: HttpRequest) -> bool:
        """Whether the request shows this very page."""
        match = request.resolver_match
        return match is not None and match.url_name == self.page and request.META.get("QUERY_STRING", "") == self.query


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the footer's table of contents."""

    title: Promise
    doors: tuple[Door, ...]


HEADER = (
    Door(_("Dân tộc"), "groups"),
    Door(_("Lễ hội"), "festivals"),
    Door(_("Trang phục"), "records", "loai=costume"),
    Door(_("Tiếng nói"), "records", "loai=lexeme"),
    Door(_("Tỉnh, thành"), "provinces"),
    Door(_("Tư liệu"), "records"),
)
FOOTER = (
    Column(
        _("Tìm và duyệt"),
        (
            Door(_("54 dân tộc"), "groups"),
            Door(_("Lịch lễ hội"), "festivals"),
            Door(_("Theo tỉnh, thành phố"), "provinces"),
            Door(_("Tìm kiếm"), "search"),
        ),
    ),
    Column(
        _("Theo loại"),
        (
            Door(_("Lễ hội"), "records", "loai=festival"),
            Door(_("Trang phục"), "records", "loai=costume"),
            Door(_("Nghề, nhạc cụ, sản vật"), "records", "loai=product"),
            Door(_("Di sản được ghi danh"), "records", "loai=heritage-element"),
            Door(_("Từ ngữ"), "records", "loai=lexeme"),
        ),
    ),
)


def other_language(request: HttpRequest | None) -> tuple[str, str, str]:
    """(code, own name, address) of the same page in the other language; the home page where there is none."""
    code, name = ("vi", "Tiếng Việt") if get_language() == "en" else ("en", "English")
    here = request.get_full_path() if request is not None else reverse("home")
    there = translate_url(here, code)
    return code, name, there if there != here else translate_url(reverse("home"), code)
