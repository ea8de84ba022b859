"""Names and addresses of the kinds of record, in the order of their profiles."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.records.profiles import Profile, all_profiles, profile
from media_pipeline.models import Asset

# kind → what a reader finds there; a list offers these kinds even while they are empty, the rest once they have records
HINTS: dict[str, Promise] = {
    "heritage-element": _("Thực hành đã vào danh mục quốc gia hoặc UNESCO"),
    "festival": _("Mùa, ngày âm lịch, nơi mở hội"),
    "ritual": _("Mừng thọ, cưới xin, cúng rừng"),
    "performance": _("Sử thi, dân ca, múa, lời nói vần"),
    "costume": _("Áo, váy, khăn, cách nhuộm và thêu"),
    "product": _("Dệt, rèn, gốm, đan lát, nhạc cụ, món ăn"),
    "knowledge": _("Canh tác, cây thuốc, thời tiết"),
    "lexeme": _("Từ, phiên âm, phương ngữ"),
    "history": _("Nguồn gốc, đường đi, người và việc"),
    "document": _("Sách, văn bản, bản đồ"),
}


# kind of file → what a reader does with it, what a list of such records holds
RECORDINGS: dict[str, tuple[Promise, Promise]] = {
    Asset.Kind.AUDIO: (_("Nghe"), _("có tiếng người hoặc giọng máy")),
    Asset.Kind.VIDEO: (pgettext_lazy("phim", "Xem"), _("có phim")),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record, or of files that records have, with how many of it the viewer may see."""

    code: str
    label: str
    hint: str
    count: int
    url: str


def kind_label(code: str) -> str:
    """The name of a kind in the reader's language."""
    return str(profile(code).label)


def kind_url(code: str, query: str = "") -> str:
    """The list of one kind, narrowed by ``query``."""
    return f"{reverse('records')}?loai={code}" + (f"&{query}" if query else "")


def offered_kinds(counts: Mapping[str, int], query: str = "") -> list[Kind]:
    """The kinds that readers are offered, with the number of records by record type given; ``query`` narrows each address."""
    by_profile: Counter[str] = Counter()
    for record_type, count in counts.items():
        by_profile[profile(record_type).code] += count
    return [_kind(own, by_profile[own.code], query) for own in all_profiles() if own.code in HINTS or by_profile[own.code]]


def recordings(counts: Mapping[str, int]) -> list[Kind]:
    """What can be heard and seen: the searches for records with such files, and how many records there are, by kind of file."""
    search = reverse("search")
    return [Kind(code, str(do), str(hint), counts.get(code, 0), f"{search}?tep={code}") for code, (do, hint) in RECORDINGS.items()]


def _kind(own: Profile, count: int, query: str) -> Kind:
    return Kind(own.code, str(own.label), str(HINTS.get(own.code, "")), count, kind_url(own.code, query))
