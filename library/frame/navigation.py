"""The menus of the public site: one table for the header, one for the footer."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link to a named page, with an optional query and anchor."""

    label: Promise
    page: str
    query: str = ""
    anchor: str = ""

    @property
    def url(self) -> str:
        """The address in the reader's language."""
        return reverse(self.page) + (f"?{self.query}" if self.query else "") + (f"#{self.anchor}" if self.anchor else "")

    def is_here(self, request: HttpRequest) -> bool:
        """Whether the request is for exactly this page."""
        match = request.resolver_match
        return match is not None and match.url_name == self.page and request.META.get("QUERY_STRING", "") == self.query


@dataclass(frozen=True, slots=True)
class FooterColumn:
    """A column of links in the footer."""

    title: Promise
    links: tuple[MenuLink, ...]


HEADER = (
    MenuLink(_("Dân tộc"), "groups"),
    MenuLink(_("Lễ hội"), "festivals"),
    MenuLink(_("Trang phục"), "records", "loai=costume"),
    MenuLink(_("Tiếng nói"), "records", "loai=lexeme"),
    MenuLink(_("Tỉnh, thành"), "provinces"),
    MenuLink(_("Tư liệu"), "records"),
)
FOOTER = (
    FooterColumn(
        _("Tìm và duyệt"),
        (
            MenuLink(_("54 dân tộc"), "groups"),
            MenuLink(_("Lịch lễ hội"), "festivals"),
            MenuLink(_("Theo tỉnh, thành phố"), "provinces"),
            MenuLink(_("Tìm kiếm"), "search"),
            MenuLink(_("Câu tìm đã lưu"), "saved-searches"),  # asks for the login
        ),
    ),
    FooterColumn(
        _("Theo loại"),
        (
            MenuLink(_("Lễ hội"), "records", "loai=festival"),
            MenuLink(_("Trang phục"), "records", "loai=costume"),
            MenuLink(_("Nghề, nhạc cụ, sản vật"), "records", "loai=product"),
            MenuLink(_("Di sản được ghi danh"), "records", "loai=heritage-element"),
            MenuLink(_("Từ ngữ"), "records", "loai=lexeme"),
        ),
    ),
)


def other_language(request: HttpRequest | None) -> tuple[str, str, str]:
    """(code, own name, address) of the same page in the other language; the home page where there is none."""
    code, name = ("vi", "Tiếng Việt") if get_language() == "en" else ("en", "English")
    here = request.get_full_path() if request is not None else reverse("home")
    there = translate_url(here, code)
    return code, name, there if there != here else translate_url(reverse("home"), code)
