"""The list of records: narrowed by kind, group and province, page by page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.language.collation import vietnamese_order
from library.records.profiles import profile
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from .. import queries
from ..authorities import provinces
from ..paging import page_of
from ..presentation.lists.kinds import kind_label, offered_kinds
from ..presentation.lists.lines import lines
from .public_view import public_page, request_viewer

ORDERS = {"": ("-first_published_at", "-pk"), "ten": ("title_vi", "pk")}
ORDER_LABELS = {"": gettext_lazy("Mới đăng"), "ten": gettext_lazy("Theo tên")}


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition that a reader can set: its field in the address, its words, its values with counts, the current value."""

    field: str
    legend: str
    every: str
    options: list[tuple[str, str, int]]
    current: str


@public_page
def record_list(request: HttpRequest) -> HttpResponse:
    """The records of the library, newest first."""
    kind, group, province = _conditions(request)
    order = request.GET.get("xep", "")
    if order not in ORDERS:
        raise Http404(_("Không có cách xếp này."))
    visible = queries.visible_records(request_viewer(request))
    matches = visible.filter(**({"record_type__in": queries.types_of(kind)} if kind else {}), **({"groups": group} if group else {}))
    if province:
        matches = matches.filter(queries.in_province(province.code)).distinct()
    page = page_of(queries.for_lines(matches.order_by(*ORDERS[order])), request)
    return render(
        request,
        "records/list.html",
        {
            "page": page,
            "lines": lines(page.object_list),
            "heading": kind_label(kind) if kind else _("Tư liệu"),
            "group": group,
            "province": province,
            "filters": _filters(visible, kind, group, province),
            "orders": [(code, label, code == order) for code, label in ORDER_LABELS.items()],
            "order": order,
        },
    )


def _conditions(request: HttpRequest) -> tuple[str, EthnicGroup | None, AdminUnit | None]:
    """Kind, group and province in the address; 404 for one that is not known."""
    kind = request.GET.get("loai", "")
    try:
        kind = profile(kind).code if kind else ""
    except KeyError as error:
        raise Http404(_("Không có loại tư liệu này.")) from error
    return kind, _named(EthnicGroup.objects.all(), request.GET.get("dan-toc", "")), _named(provinces(), request.GET.get("tinh", ""))


def _named(rows: QuerySet, slug: str) -> Any:
    """The row that the address names; None when it names none."""
    if not slug:
        return None
    row = rows.filter(slug=slug).first()
    if row is None:
        raise Http404(_("Không có điều kiện này."))
    return row


def _filters(visible: RecordQuerySet, kind: str, group: EthnicGroup | None, province: AdminUnit | None) -> list[Filter]:
    by_group, by_province = queries.by_group(visible), queries.by_province(visible)
    kinds = [(own.code, own.label, own.count) for own in offered_kinds(queries.by_kind(visible))]
    groups = [(row.slug, row.name, by_group.get(row.pk, 0)) for row in EthnicGroup.objects.all()]
    places = [(unit.slug, unit.label, by_province.get(unit.code, 0)) for unit in provinces()]
    return [
        Filter("loai", _("Loại"), _("Mọi loại"), kinds, kind),
        Filter("dan-toc", _("Dân tộc"), _("Mọi dân tộc"), _alphabetical(groups), group.slug if group else ""),
        Filter("tinh", _("Tỉnh, thành phố"), _("Mọi tỉnh, thành phố"), _alphabetical(places), province.slug if province else ""),
    ]


def _alphabetical(options: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The options with records, by name."""
    return sorted((option for option in options if option[2]), key=lambda option: vietnamese_order(option[1]))
