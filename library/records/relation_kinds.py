"""Kinds of relation between two records. A relation is stored once and shown on both records, on the second one by its inverse."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: ``label`` is shown on the record that stores it, ``inverse`` on the other record."""

    code: str
    label: "LazyText"
    inverse: "LazyText"


RELATION_KINDS = (
    RelationKind("part_of", _("thuộc về"), _("gồm có")),
    RelationKind("variant_of", _("dị bản của"), _("có dị bản")),
    RelationKind("made_with", _("làm bằng"), _("dùng để làm")),
    RelationKind("sung_at", _("hát trong"), _("có bài hát")),
    RelationKind("worn_at", _("mặc trong"), _("có trang phục")),
    RelationKind("taught_by", _("do người này dạy"), _("dạy")),
    RelationKind("describes", _("nói về"), _("được nói tới trong")),
    RelationKind("listing_of", _("ghi danh của"), _("được ghi danh dưới tên")),
)
BY_CODE = {kind.code: kind for kind in RELATION_KINDS}
