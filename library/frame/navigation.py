"""The menus of the public site: one table for the header, one for the footer."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link to a named page, with an optional query and anchor. ``note``: what is found there, for the menu."""

    label: Promise
    page: str
    query: str = ""
    anchor: str = ""
    note: Promise | str = ""

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
    MenuLink(_("Dân tộc"), "groups", note=_("tên gọi, tiếng nói, nơi ở")),
    MenuLink(_("Lễ hội"), "festivals", note=_("lịch từng tháng")),
    MenuLink(_("Trang phục"), "records", "loai=costume", note=_("áo, váy, vải")),
    MenuLink(_("Tiếng nói"), "words", note=_("một từ nhiều tiếng, từ điển")),
    MenuLink(_("Tỉnh, thành"), "provinces", note=_("bản đồ, tỉnh cũ")),
    MenuLink(_("Tư liệu"), "records", note=_("mọi thứ, mới đăng trước")),
)
MENU = (  # what the menu has beside the links of the header
    MenuLink(_("Sản phẩm, nghề, nhạc cụ"), "records", "loai=product", note=_("làm ra thế nào, ở đâu")),
    MenuLink(_("Di sản phi vật thể"), "records", "loai=heritage-element", note=_("quốc gia và UNESCO")),
    MenuLink(_("Dòng thời gian"), "timeline", note=_("từng thế kỷ, từng năm")),
    MenuLink(_("Mang về"), "packs", note=_("xem khi không có mạng")),
    MenuLink(_("Bản tin nghe"), "bulletins", note=_("cho loa xã, có lời viết")),
    MenuLink(_("Nghe"), "search", "tep=audio", note=_("có tiếng người hoặc giọng máy")),
    MenuLink(pgettext_lazy("phim", "Xem"), "search", "tep=video", note=_("có phim")),
    MenuLink(_("Tìm kỹ hơn"), "search-detailed", note=_("nhiều điều kiện cùng lúc")),
)
FOOTER = (
    FooterColumn(
        _("Tìm và duyệt"),
        (
            MenuLink(_("54 dân tộc"), "groups"),
            MenuLink(_("Lịch lễ hội"), "festivals"),
            MenuLink(_("Theo tỉnh, thành phố"), "provinces"),
            MenuLink(_("Dòng thời gian"), "timeline"),
            MenuLink(_("Mở một tư liệu bất kỳ"), "any-record"),
            MenuLink(_("Mang về"), "packs"),
            MenuLink(_("Tìm kiếm"), "search"),
            MenuLink(_("Câu tìm đã lưu"), "saved-searches"),  # asks for the login
            MenuLink(_("Giữ lại để xem không mạng"), "kept"),
        ),
    ),
    FooterColumn(
        _("Theo loại"),
        (
            MenuLink(_("Lễ hội"), "records", "loai=festival"),
            MenuLink(_("Trang phục, vải"), "records", "loai=costume"),
            MenuLink(_("Sản phẩm, nghề, nhạc cụ"), "records", "loai=product"),
            MenuLink(_("Di sản phi vật thể"), "records", "loai=heritage-element"),
            MenuLink(_("Từ, câu"), "words"),
        ),
    ),
)


def other_language(request: HttpRequest | None) -> tuple[str, str, str]:
    """(code, own name, address) of the same page in the other language; the home page where there is none."""
    code, name = ("vi", "Tiếng Việt") if get_language() == "en" else ("en", "English")
    here = request.get_full_path() if request is not None else reverse("home")
    there = translate_url(here, code)
    return code, name, there if there != here else translate_url(reverse("home"), code)
