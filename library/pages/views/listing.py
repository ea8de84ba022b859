"""The list of records: narrowed by kind, group and province, page by page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
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
from ..presentation.lists.kinds import kind_label, offered_kinds
from ..presentation.lists.lines import lines
from .public_view import page_of, public_page, reader

ORDERS = {"": ("-first_published_at", "-pk"), "ten": ("title_vi", "pk")}
ORDER_LABELS = {"": gettext_lazy("Mới đăng"), "ten": gettext_lazy("Theo tên")}


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition that can be set: its field in the address, its words, its values with counts, the value set now."""

    field: str
    legend: str
    every: str
    options: list[tuple[str, str, int]]
    chosen: str


@public_page
def records(request: HttpRequest) -> HttpResponse:
    """What the library has, newest first."""
    kind, group, province = _chosen(request)
    order = request.GET.get("xep", "")
    if order not in ORDERS:
        raise Http404(_("Không có cách xếp này."))
    seen = queries.seen_by(reader(request))
    found = seen.filter(**({"record_type__in": queries.types_of(kind)} if kind else {}), **({"groups": group} if group else {}))
    if province:
        found = found.filter(queries.in_province(province.code)).distinct()
    page = page_of(queries.for_lines(found.order_by(*ORDERS[order])), request, settings.RECORDS_PER_PAGE)
    return render(
        request,
        "records/list.html",
        {
            "page": page,
            "lines": lines(page.object_list),
            "heading": kind_label(kind) if kind else _("Tư liệu"),
            "group": group,
            "province": province,
            "filters": _filters(seen, kind, group, province),
            "orders": [(code, label, code == order) for code, label in ORDER_LABELS.items()],
            "order": order,
        },
    )


def _chosen(request: HttpRequest) -> tuple[str, EthnicGroup | None, AdminUnit | None]:
    """The conditions in the address; an unknown one is no page of ours."""
    kind = request.GET.get("loai", "")
    try:
        kind = profile(kind).code if kind else ""
    except KeyError as error:
        raise Http404(_("Không có loại tư liệu này.")) from error
    return kind, _named(EthnicGroup.objects.all(), request.GET.get("dan-toc", "")), _named(provinces(), request.GET.get("tinh", ""))


def _named(found: QuerySet, slug: str) -> Any:
    """The row that the address names; None when it names none."""
    if not slug:
        return None
    row = found.filter(slug=slug).first()
    if row is None:
        raise Http404(_("Không có điều kiện này."))
    return row


def _filters(seen: RecordQuerySet, kind: str, group: EthnicGroup | None, province: AdminUnit | None) -> list[Filter]:
    by_group, by_province = queries.by_group(seen), queries.by_province(seen)
    kinds = [(each.code, each.label, each.count) for each in offered_kinds(queries.by_kind(seen))]
    groups = [(each.slug, each.name, by_group.get(each.pk, 0)) for each in EthnicGroup.objects.all()]
    places = [(each.slug, each.label, by_province.get(each.code, 0)) for each in provinces()]
    return [
        Filter("loai", _("Loại"), _("Mọi loại"), kinds, kind),
        Filter("dan-toc", _("Dân tộc"), _("Mọi dân tộc"), _alphabetical(groups), group.slug if group else ""),
        Filter("tinh", _("Tỉnh, thành phố"), _("Mọi tỉnh, thành phố"), _alphabetical(places), province.slug if province else ""),
    ]


def _alphabetical(options: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The options that lead somewhere, by name."""
    return sorted((option for option in options if option[2]), key=lambda option: vietnamese_order(option[1]))
