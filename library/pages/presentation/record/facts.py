"""The catalogue slip of a record page: its facts as pairs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from library.access import LEVELS
from library.records.models.choices import AccessLevel
from library.vocabularies.models import AdminUnit

from ..lists.kinds import kind_label
from ..wording import Wording, in_reader_language

if TYPE_CHECKING:
    from library.records.models import Record

READERS = {
    AccessLevel.PUBLIC: gettext_lazy("mọi người"),
    AccessLevel.SIGNED_IN: gettext_lazy("người đã đăng nhập"),
    AccessLevel.COMMUNITY: gettext_lazy("cộng đồng chủ thể"),
    AccessLevel.STAFF: gettext_lazy("cơ quan phụ trách"),
    AccessLevel.WITHDRAWN: gettext_lazy("đã gỡ xuống"),
}
assert set(READERS) == set(LEVELS)


@dataclass(frozen=True, slots=True)
class Link:
    """Words, with an address where there is one."""

    words: Wording | str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One pair of the slip."""

    label: str
    values: list[Link]


def slip(record: "Record", own_names: tuple[Wording, ...]) -> list[Fact]:
    """The facts that are known, in the order of the slip; a record fetched for its page."""
    facts = [
        (_("Mã"), [Link(record.identifier)]),
        ("ARK", [Link(record.ark)] if record.ark else []),
        (_("Loại"), [Link(kind_label(record.record_type), f"{reverse('records')}?loai={record.record_type}")]),
        (_("Dân tộc"), group_links(record)),
        (_("Nhóm"), [Link(name.name) for name in record.subgroups.all() if name.display]),
        (_("Tên gốc"), [Link(name) for name in own_names]),
        (_("Nơi"), place_links(record)),
        (_("Đơn vị cũ"), [Link(unit.label) for unit in record.former_units.all()]),
        (_("Cộng đồng"), [Link(in_reader_language(each.name_vi, each.name_en)) for each in record.communities.all()]),
        (_("Ngôn ngữ"), [Link(term.label) for term in record.languages.all()]),
        (_("Chữ"), [Link(term.label) for term in record.scripts.all()]),
        (_("Lĩnh vực UNESCO"), [Link(term.label) for term in record.unesco_domains.all()]),
        (_("Thực hành"), [Link(record.get_vitality_display())] if record.vitality else []),
        (_("Chủ thể quyền"), [Link(record.rights_holder)] if record.rights_holder else []),
        (pgettext("slip", "Quyền"), [Link(f"{record.rights.label} ({record.rights.code})", record.rights.uri)]),
        (_("Ghi công"), [Link(record.credit)] if record.credit else []),
        (_("Nhãn"), [Link(row.label.label_en, row.link or row.label.uri) for row in record.labels.all()]),
        (_("Ai xem được"), [Link(str(READERS[AccessLevel(record.access_level)]))]),
        (_("Phụ trách"), [Link(in_reader_language(record.office.name_vi, record.office.name_en))]),
        (_("Cập nhật"), [Link(date_format(localtime(record.updated_at), "SHORT_DATE_FORMAT"))]),
    ]
    return [Fact(label, values) for label, values in facts if values]


def group_links(record: "Record") -> list[Link]:
    """The groups with their portals."""
    return [Link(group.name, reverse("group", args=[group.slug])) for group in record.groups.all()]


def place_links(record: "Record") -> list[Link]:
    """The places, each with the page of its province where it is one of today."""
    return [Link(place.label, _province_url(place)) for place in record.places.all()]


def _province_url(place: AdminUnit) -> str:
    province = place if place.level == AdminUnit.Level.PROVINCE else place.parent
    current = province is not None and province.level == AdminUnit.Level.PROVINCE and province.slug
    return reverse("province", args=[province.slug]) if province is not None and current else ""
