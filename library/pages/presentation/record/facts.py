"""The facts of a record as pairs of a label and its values, for the table at the side of the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from library.access import LEVELS
from library.presentation.lists.kinds import kind_label
from library.presentation.wording import Wording, foreign, in_reader_language
from library.records.models.choices import AccessLevel
from library.vocabularies.models import Term

from ..links import LinkedWords, former_unit_links, group_links, place_links

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
class Fact:
    """One pair of the table."""

    label: str
    values: list[LinkedWords]


def record_facts(record: "Record", own_names: tuple[Wording, ...]) -> list[Fact]:
    """The facts that have a value, in the order of the table. The record must be fetched for its page."""
    pairs: list[tuple[str, list[LinkedWords]]] = [
        (_("Mã"), [LinkedWords(record.identifier)]),
        ("ARK", [LinkedWords(record.ark)] if record.ark else []),
        (_("Loại"), [LinkedWords(kind_label(record.record_type), f"{reverse('records')}?loai={record.record_type}")]),
        (_("Dân tộc"), group_links(record)),
        (_("Nhóm"), [LinkedWords(foreign(name.name, "vi")) for name in record.subgroups.all() if name.display]),
        (_("Tên gốc"), [LinkedWords(name) for name in own_names]),
        (_("Nơi"), place_links(record)),
        (_("Đơn vị cũ"), former_unit_links(record)),
        (_("Cộng đồng"), [LinkedWords(in_reader_language(community.name_vi, community.name_en)) for community in record.communities.all()]),
        (_("Ngôn ngữ"), [LinkedWords(term.label) for term in record.languages.all()]),
        (_("Chữ"), [LinkedWords(term.label) for term in record.scripts.all()]),
        (_("Lĩnh vực UNESCO"), [LinkedWords(term.label) for term in record.unesco_domains.all()]),
        (_("Thực hành"), [LinkedWords(record.get_vitality_display())] if record.vitality else []),
        (_("Chủ thể quyền"), [LinkedWords(record.rights_holder)] if record.rights_holder else []),
        (pgettext("slip", "Quyền"), [_rights(record.rights)]),
        (_("Ghi công"), [LinkedWords(record.credit)] if record.credit else []),
        (_("Nhãn"), [LinkedWords(row.label.label_en, row.link or row.label.uri) for row in record.labels.all()]),
        (_("Ai xem được"), [LinkedWords(str(READERS[AccessLevel(record.access_level)]))]),
        (_("Phụ trách"), [LinkedWords(in_reader_language(record.office.name_vi, record.office.name_en))]),
        (_("Cập nhật"), [LinkedWords(date_format(localtime(record.updated_at), "DATE_FORMAT"))]),
    ]
    return [Fact(label, values) for label, values in pairs if values]


def _rights(statement: Term) -> LinkedWords:
    """A statement of rights; with its code where readers know it by that, as the licences of Creative Commons."""
    code = f" ({statement.code})" if statement.code.startswith("CC") else ""
    return LinkedWords(f"{statement.label}{code}", statement.uri)
