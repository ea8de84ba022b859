"""The questions that nobody has answered yet: fields of the profile that are empty and that a village could fill."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.access import PUBLIC
from library.records.profiles import profile
from library.records.profiles.display import says_nothing
from library.records.profiles.values import stored_values

if TYPE_CHECKING:
    from library.records.models import Record

MOST = 8
# field → the question as one asks it in a village; fields that only an office can fill are not asked
QUESTIONS: dict[str, Promise] = {
    "rite_part": _("Phần lễ làm những gì, theo thứ tự nào?"),
    "festive_part": _("Phần hội có trò gì?"),
    "honoured": _("Lễ thờ ai, cúng ai?"),
    "attendance": _("Ai được dự, khách xa có được vào không?"),
    "taboos": _("Phải kiêng điều gì?"),
    "wearer": _("Ai mặc?"),
    "occasion": _("Dùng vào dịp nào?"),
    "components": _("Các bộ phận gọi là gì?"),
    "material": _("Làm bằng gì?"),
    "technique": _("Làm bằng cách nào?"),
    "colour": _("Màu lấy từ lá, củ, vỏ gì?"),
    "motif": _("Hoa văn có tên gì, có nghĩa gì, theo lời người làm ra?"),
    "how_worn": _("Mặc thế nào, mặc với gì?"),
    "steps": _("Làm từng bước ra sao?"),
    "season": _("Làm vào mùa nào?"),
    "makers": _("Ai còn làm?"),
    "tuning": _("Chơi thế nào, lên dây ra sao?"),
    "purpose": _("Làm để cầu điều gì?"),
    "when": _("Làm vào lúc nào?"),
    "officiants": _("Ai chủ trì?"),
    "sequence": _("Làm theo thứ tự nào?"),
    "incipit": _("Câu mở đầu là gì?"),
    "lines": _("Lời từng câu ra sao?"),
    "melody": _("Theo làn điệu nào?"),
    "instruments": _("Dùng nhạc cụ gì?"),
    "species": _("Cây nào, con gì?"),
    "risk_note": _("Có điều gì phải cẩn thận?"),
    "narrative": _("Ông bà kể thế nào?"),
    "route": _("Đi qua những đâu?"),
    "other_versions": _("Có ai kể khác không?"),
    "other_forms": _("Có viết cách nào khác không?"),
    "examples": _("Dùng trong câu nào?"),
    "audio": _("Ai nói được để ghi âm?"),
    "use_today": _("Bây giờ ai còn dùng?"),
    "safeguarding": _("Đang được giữ gìn ra sao, có nguy cơ gì?"),
    "transcription": _("Ai đọc và chép lại được?"),
    "translation": _("Ai dịch được?"),
    "skills": _("Giỏi việc gì?"),
    "lineage": _("Học ai, dạy ai?"),
    "toponym": _("Người ở đó gọi tên là gì, tên có nghĩa gì?"),
}

# A question that makes sense for some things of its type only: field → the field that decides, and the values that it is asked of.
ASKED_OF: dict[str, tuple[str, frozenset[str]]] = {
    "tuning": ("kind", frozenset({"instrument"})),
    "season": ("kind", frozenset({"product", "craft"})),
}
# … and those that it is not asked of: a day set by the State has no rite, nobody learned from a king of the past, a museum is no toponym,
# honey has no pattern.
NOT_ASKED_OF: dict[str, tuple[str, frozenset[str]]] = {
    "rite_part": ("scale", frozenset({"national"})),
    "honoured": ("scale", frozenset({"national"})),
    "taboos": ("scale", frozenset({"national"})),
    "skills": ("living", frozenset({"no"})),
    "lineage": ("living", frozenset({"no"})),
    "toponym": ("kind", frozenset({"museum"})),
    "motif": ("kind", frozenset({"product", "craft", "instrument"})),
    "transcription": ("kind", frozenset({"list"})),
    "translation": ("kind", frozenset({"list"})),
}


def open_questions(record: "Record") -> list[str]:
    """The questions that the record leaves open, at most ``MOST``, in the order of its profile."""
    own = profile(record.record_type)
    values = {key: value for key, value in stored_values(own, record.details).items() if not says_nothing(value)}
    open_keys = [field.key for field in own.fields if field.level == PUBLIC and field.key in QUESTIONS and field.key not in values]
    return [str(QUESTIONS[key]) for key in open_keys if _makes_sense(key, values)][:MOST]


def _makes_sense(key: str, values: Mapping[str, Any]) -> bool:
    """Whether the question of a field can be asked of a thing with these values."""
    if key in ASKED_OF:
        decides, asked = ASKED_OF[key]
        return decides not in values or values[decides] in asked
    decides, spared = NOT_ASKED_OF.get(key, ("", frozenset()))
    return values.get(decides) not in spared
