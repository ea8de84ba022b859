"""What the form says under the core fields of a record: the words of the core profile, and for what it does not name, those below."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.records.profiles import core_profile
from library.records.profiles.help import help_line
from library.records.profiles.schema import Field

#: Field of the form → key of the core profile. Fields of rows stand under ``rows.field``.
IN_PROFILE: Mapping[str, str] = {
    "title_vi": "title", "summary_vi": "summary", "groups": "groups", "subgroups": "subgroups", "communities": "community",
    "places": "places", "place_recorded": "place_recorded", "former_units": "former_units", "languages": "language",
    "scripts": "script", "unesco_domains": "unesco_domain", "vitality": "vitality", "confidence": "confidence",
    "collected_at": "collected_at", "own_access": "access", "rights": "rights", "rights_holder": "rights_holder", "warnings": "warnings",
    "dates": "date", "dates.edtf": "date.edtf", "dates.calendar": "date.calendar", "dates.wording": "date.wording",
    "people": "people", "people.person": "people.person", "people.name": "people.name", "people.role": "people.role",
    "media": "media", "media.rights": "rights", "media.own_access": "access",
    "sources": "sources", "sources.source": "sources.source", "sources.page": "sources.page", "sources.accessed": "sources.date",
    "relations": "relations", "relations.kind": "relations.kind", "relations.target": "relations.target",
    "labels": "labels", "labels.label": "labels.label", "labels.community": "labels.community", "labels.link": "labels.link",
}  # fmt: skip

#: Field of the form → what to write, and an example, for fields that only the form has.
ONLY_HERE: Mapping[str, tuple[Any, Any]] = {
    "title_en": (gettext_lazy("Tên cho bạn đọc nước ngoài; chưa có thì để trống."), "Gầu Tào festival of Pha Long"),
    "summary_en": (gettext_lazy("Tóm tắt cho bạn đọc nước ngoài; chưa có thì để trống."), "The Giáy open the fields in spring"),
    "summary_reviewed": (gettext_lazy("Đánh dấu khi đã có người hiểu việc đọc lại."), gettext_lazy("già bản đã nghe đọc và sửa")),
    "tags": (gettext_lazy("Chữ để tìm, cách nhau bằng dấu phẩy."), gettext_lazy("ném còn, cầu mùa")),
    "office": (gettext_lazy("Nơi giữ tư liệu và duyệt."), gettext_lazy("Sở Văn hóa, Thể thao và Du lịch Lào Cai")),
    "credit": (gettext_lazy("Lời cảm ơn hiện dưới tư liệu."), gettext_lazy("Ảnh: Sùng A Páo, bản Cát Cát")),
    "texts": (gettext_lazy("Tên bằng tiếng dân tộc, tên khác, bản dịch; mỗi thứ một dòng."), "Gâux Taox"),
    "texts.role": (gettext_lazy("Chữ này là gì."), gettext_lazy("Tên trong tiếng dân tộc")),
    "texts.language": (gettext_lazy("Gõ tên tiếng rồi chọn."), gettext_lazy("tiếng Tày")),
    "texts.text": (gettext_lazy("Viết đúng như bà con viết."), "Gâux Taox"),
    "media.asset": (gettext_lazy("Chọn tệp đã có hoặc tải lên từ máy."), "IMG_2041.jpg"),
    "media.alt_vi": (
        gettext_lazy("Trong ảnh có gì, cho người không nhìn thấy ảnh."),
        gettext_lazy("năm người áo chàm đứng dưới cây nêu"),
    ),
    "media.alt_en": (gettext_lazy("Lời tả ảnh bằng tiếng Anh, nếu có."), "five people in indigo under the pole"),
    "media.caption_vi": (gettext_lazy("Lời hiện dưới ảnh: việc gì, lúc nào."), gettext_lazy("Ném còn sáng mùng 8")),
    "media.caption_en": (gettext_lazy("Chú thích bằng tiếng Anh, nếu có."), "Throwing the còn"),
    "media.credit": (gettext_lazy("Ai chụp, ai ghi."), gettext_lazy("Sùng A Páo")),
    "media.made_note": (gettext_lazy("Chỉ ghi khi máy làm ra tệp này."), gettext_lazy("giọng đọc máy")),
    "details": (gettext_lazy("Những ô riêng của loại tư liệu này."), gettext_lazy("lễ hội có ngày mở, nhà có vật liệu")),
    "sources.citation": (gettext_lazy("Ghi khi nguồn chưa có trong danh mục."), gettext_lazy("Sổ điền dã xã Tả Phìn, 2024")),
}


def _core_field(key: str) -> Field:
    """A field of the core profile by its path, such as ``date.edtf``."""
    first, *inner = key.split(".")
    field = core_profile().field(first)
    for name in inner:
        field = {part.key: part for part in field.fields}[name]
    return field


def _help_of(name: str) -> str:
    if name in IN_PROFILE:
        return str(help_line(_core_field(IN_PROFILE[name])))
    if name in ONLY_HERE:
        what, example = ONLY_HERE[name]
        return f"{what} {_('Ví dụ: %(example)s.') % {'example': example}}"
    return ""


#: One line of help for a core field of the form, in the language of whoever reads it; empty where there is none.
help_of: Callable[[str], str] = lazy(_help_of, str)


def add_help(form: Any, rows: str = "") -> None:
    """Gives the fields of the record's form, or of one of its rows, their line of help. ``rows``: the name of the relation."""
    for name, field in form.fields.items():
        path = f"{rows}.{name}" if rows else name
        if path in IN_PROFILE or path in ONLY_HERE:
            field.help_text = help_of(path)
