"""The blocks of the first page: what staff choose to stand there, and the sections that the library makes by itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .fields import Part, passage, people, record, words

#: Sections of the first page that the library fills by itself; the name of each is that of its template in home/sections/.
SECTIONS = [
    ("coming", _("Lễ hội sắp tới")),
    ("stories", _("Chuyện")),
    ("kinds", _("Vào theo loại")),
    ("peoples", _("54 dân tộc")),
    ("word", _("Từ của ngày")),
    ("provinces", _("Theo tỉnh, thành phố")),
    ("fresh", _("Mới đăng")),
    ("take-part", _("Góp lời")),
]
SECTION = "section"


def front_blocks() -> list[Part]:
    """Fresh blocks, as for stories."""
    note = words("note", _("lời giới thiệu"))
    return [
        ("story", _chosen(_("Chuyện"), "doc-full-inverse", [("story", blocks.PageChooserBlock("curation.StoryPage", label=_("chuyện")))])),
        ("record", _chosen(_("Lễ hội, tư liệu"), "doc-full", [("record", record(_("tư liệu"))), *note])),
        ("people", _chosen(_("Dân tộc"), "group", [("people", people(_("dân tộc"))), *words("note", _("lời giới thiệu"))])),
        ("text", _chosen(_("Đoạn văn"), "pilcrow", [*words("heading", _("đề mục")), *passage("text", _("lời"))])),
        (SECTION, blocks.ChoiceBlock(choices=SECTIONS, label=_("Mục thư viện tự làm"), icon="list-ul")),
    ]


class FrontBlock(blocks.StreamBlock):
    """The body of a first page."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks if local_blocks is not None else front_blocks(), **kwargs)


def _chosen(label: Any, icon: str, parts: list[Part]) -> blocks.StructBlock:
    times = [
        ("shown_from", blocks.DateTimeBlock(required=False, label=_("hiện từ"), help_text=_("Để trống: hiện ngay."))),
        ("shown_until", blocks.DateTimeBlock(required=False, label=_("hiện đến"), help_text=_("Để trống: hiện mãi."))),
    ]
    return blocks.StructBlock([*parts, *times], label=label, icon=icon)
