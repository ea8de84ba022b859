"""The blocks of stories and of the texts of portals. Each text stands in Vietnamese and in English."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.records.profiles.blocks import WrittenLanguageBlock

from .fields import Part, moment, passage, provinces, record, words

LEXEME = "lexeme"
_FILE = _("phim hoặc tiếng thứ mấy của tư liệu")


def story_blocks() -> list[Part]:
    """Fresh blocks: a form narrows its own choosers to what its person may choose."""
    return [
        ("text", _struct(_("Đoạn văn"), "pilcrow", [*words("heading", _("đề mục")), *passage("text", _("lời"))])),
        ("record", _struct(_("Tư liệu"), "doc-full", [("record", record(_("tư liệu"))), *words("note", _("lời giới thiệu"))])),
        ("gallery", _struct(_("Bộ ảnh"), "image", [*_heading(), _records(_("ảnh của các tư liệu"))])),
        ("film", _struct(_("Đoạn phim"), "media", _film())),
        ("sound", _struct(_("Tiếng và lời chép"), "microphone", _sound())),
        ("map", _struct(_("Bản đồ"), "site", _map())),
        ("timeline", _struct(_("Dòng thời gian"), "date", [*_heading(), ("moments", blocks.ListBlock(_moment(), label=_("mốc")))])),
        ("quotation", _struct(_("Lời trích"), "openquote", _quotation())),
        ("comparison", _struct(_("So hai thứ"), "resubmit", _comparison())),
        ("word", _struct(_("Mục từ"), "form", [("record", record(_("từ"), types=(LEXEME,))), *words("note", _("lời giới thiệu"))])),
        ("invitation", _struct(_("Mời góp lời"), "mail", [*_heading(), *passage("text", _("lời mời"))])),
    ]


class StoryBlock(blocks.StreamBlock):
    """The body of a story or of a portal's text."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks if local_blocks is not None else story_blocks(), **kwargs)


def all_parts(value: Any) -> Iterator[tuple[str, str]]:
    """Name and text of every text in what a stream stores, at any depth."""
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, str):
                yield name, part
            else:
                yield from all_parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_parts(part)


def _struct(label: Any, icon: str, parts: list[Part]) -> blocks.StructBlock:
    return blocks.StructBlock(parts, label=label, icon=icon)


def _heading() -> list[Part]:
    return words("heading", _("đề mục"))


def _records(label: Any) -> Part:
    return "records", blocks.ListBlock(record(_("tư liệu")), default=[], label=label)


def _number() -> Part:
    return "number", blocks.IntegerBlock(default=1, min_value=1, max_value=99, label=_FILE)


def _film() -> list[Part]:
    times = [("start", moment(_("từ"), _("19, hoặc 1:05"))), ("end", moment(_("đến")))]
    return [*_heading(), ("record", record(_("tư liệu có phim"))), _number(), *times, *words("note", _("lời dưới phim"))]


def _sound() -> list[Part]:
    return [*_heading(), ("record", record(_("tư liệu có tiếng"))), _number(), *words("note", _("lời dưới tiếng"))]


def _moment() -> blocks.StructBlock:
    about = ("record", record(_("tư liệu"), required=False))
    return blocks.StructBlock([*words("when", _("khi nào")), *words("what", _("việc gì")), about], label=_("mốc"))


def _map() -> list[Part]:
    return [*_heading(), ("provinces", provinces(_("tỉnh, thành phố"))), _records(_("nơi của các tư liệu"))]


def _quotation() -> list[Part]:
    return [
        ("words", blocks.TextBlock(rows=3, label=_("lời nguyên văn"))),
        ("language", WrittenLanguageBlock(default="vi", label=_("tiếng"))),
        *words("translation", _("lời dịch"), _("Để trống khi lời nguyên văn đã bằng tiếng ấy.")),
        *words("who", _("của ai, ở đâu, năm nào")),
        ("record", record(_("tư liệu làm nguồn"), required=False)),
    ]


def _comparison() -> list[Part]:
    sides = [(f"{side}", record(label)) for side, label in (("first", _("thứ nhất")), ("second", _("thứ hai")))]
    notes = [*words("first_note", _("lời về thứ nhất")), *words("second_note", _("lời về thứ hai"))]
    return [*_heading(), *sides, *notes, *passage("text", _("giống và khác"))]
