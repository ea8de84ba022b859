"""The list of records: narrowed by kind, group and province, page by page."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.language.collation import vietnamese_order
from library.presentation import queries
from library.presentation.authorities import group_of, province_of, provinces
from library.presentation.lists.kinds import kind_label, offered_kinds
from library.presentation.lists.lines import lines
from library.records.profiles import profile
from library.records.queryset import RecordQuerySet
from library.vocabularies.models import AdminUnit, EthnicGroup

from ..paging import PAGE_SIZE, page_number, page_of
from ..queries.counts import ByType, Counts, counts_for
from ..queries.listings import with_listings
from ..queries.narrowing import in_group, in_province, walk_is_shorter
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


@dataclass(frozen=True, slots=True)
class Conditions:
    """The kind, the group and the province that the address names, with the numbers of records the viewer may see."""

    kind: str
    group: EthnicGroup | None
    province: AdminUnit | None
    counts: Counts

    @property
    def types(self) -> list[str]:
        """The types of the kind that records have, without a kind all but words.

        With one type, the database reads the records in the order of an index.
        """
        types = queries.types_of(self.kind) if self.kind else frozenset(self.counts.all) - queries.types_of(queries.WORDS)
        return sorted(types & self.counts.all.keys()) or sorted(types)

    @property
    def total(self) -> int | None:
        """The number of records that match; None where nobody has counted them."""
        return None if self.group and self.province else self._number(self._by_type)

    def matches(self, records: RecordQuerySet, last: int) -> RecordQuerySet:
        """The records that match; the first ``last`` of them are asked for."""
        records = records.filter(record_type__in=self.types) if self.kind else queries.without_words(records)
        walk = walk_is_shorter(self._number(self._by_type), self._number(self.counts.all), last)
        if self.group:
            records = in_group(records, self.group, walk)
        return in_province(records, self.province, walk and not self.group) if self.province else records

    @property
    def _by_type(self) -> ByType:
        if self.group:
            return self.counts.in_group(self.group.pk)
        return self.counts.in_province(self.province.code) if self.province else self.counts.all

    def _number(self, by_type: ByType) -> int:
        return sum(by_type[record_type] for record_type in self.types)


@public_page
def record_list(request: HttpRequest) -> HttpResponse:
    """The records of the library, newest first."""
    kind, group, province = _conditions(request)
    order = request.GET.get("xep", "")
    if order not in ORDERS:
        raise Http404(_("Không có cách xếp này."))
    viewer = request_viewer(request)
    counts = counts_for(viewer)
    conditions = Conditions(kind, group, province, counts)
    records = queries.shown_in_lists(queries.visible_records(viewer))
    last = PAGE_SIZE * page_number(request)
    page = page_of(conditions.matches(records, last).order_by(*ORDERS[order]).values_list("pk", flat=True), request, total=conditions.total)
    matches = queries.for_lines(records.filter(pk__in=list(page.object_list)).order_by(*ORDERS[order]))
    return render(
        request,
        "records/list.html",
        {
            "page": page,
            "lines": with_listings(lines(matches), viewer),
            "heading": kind_label(kind) if kind else _("Tư liệu"),
            "group": group,
            "province": province,
            "filters": _filters(counts, kind, group, province),
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
    return kind, group_of(request.GET.get("dan-toc", "")), province_of(request.GET.get("tinh", ""))


def _filters(counts: Counts, kind: str, group: EthnicGroup | None, province: AdminUnit | None) -> list[Filter]:
    by_group, by_province = counts.groups, counts.provinces
    kinds = [(own.code, own.label, own.count) for own in offered_kinds(counts.all)]
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
