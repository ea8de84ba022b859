"""A search as it stands in an address: readable parameters, checked, and turned into one value. The search form posts nothing."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from .engines.base import DEEPEST
from .facets import facet_by_param
from .plan import DateRange, Sort
from .request import SearchRequest

LONGEST_PARAMETER = 2_000  # bytes
SORTS = {"": Sort.RELEVANCE, "moi": Sort.NEWEST, "thoi-gian": Sort.DATE, "ten": Sort.TITLE}
SORT_LABELS = {"": _("gần nhất với từ tìm"), "moi": _("mới đăng"), "thoi-gian": _("thời gian"), "ten": _("tên")}
FIELDS = {"": (), "ten": ("title", "names"), "noi-dung": ("body", "fulltext")}
# Added to shared links by other sites; they mean nothing here.
FOREIGN_PARAMETERS = ("utm_", "fbclid", "gclid", "zarsrc", "zalo")


class SearchForm(forms.Form):
    """The parameters that are no facets. ``facets`` collects the others."""

    q = forms.CharField(label=_("Từ cần tìm"), required=False)
    khong = forms.CharField(label=_("Không có từ"), required=False)
    trong = forms.ChoiceField(
        label=_("Tìm ở"),
        required=False,
        choices=[("", _("mọi chỗ")), ("ten", _("tên")), ("noi-dung", _("nội dung"))],
    )
    tu = forms.IntegerField(label=_("Từ năm"), required=False, min_value=1, max_value=9999)
    den = forms.IntegerField(label=_("Đến năm"), required=False, min_value=1, max_value=9999)
    xep = forms.ChoiceField(label=_("Xếp theo"), required=False, choices=list(SORT_LABELS.items()))
    trang = forms.CharField(required=False)

    def __init__(self, data: QueryDict) -> None:
        self._parameters = data
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, values in self._parameters.lists():
            if any(len(value.encode("utf-8", "surrogatepass")) > LONGEST_PARAMETER for value in values):
                self.add_error(None, _("Địa chỉ này dài quá. Hãy tìm bằng ít từ hơn."))
            elif name not in self.fields and not name.startswith(FOREIGN_PARAMETERS) and facet_by_param(name) is None:
                self.add_error(None, forms.ValidationError(_("Không có điều kiện lọc “%(name)s”."), params={"name": name[:60]}))
        first, last = cleaned.get("tu"), cleaned.get("den")
        if first and last and first > last:
            self.add_error("den", _("Năm cuối phải sau năm đầu."))
        return cleaned

    def request(self) -> SearchRequest:
        """What the reader asks for. Raises Http404 for a page that cannot be. The form must be valid."""
        cleaned = self.cleaned_data
        return SearchRequest(
            text=cleaned["q"],
            excluded=cleaned["khong"],
            fields=FIELDS[cleaned["trong"]],
            facets=self._facets(),
            dates=self._dates(),
            sort=SORTS[cleaned["xep"]],
            page=self._page(),
            size=settings.RECORDS_PER_PAGE,
        )

    def _facets(self) -> dict[str, tuple[str, ...]]:
        chosen = {name: tuple(filter(None, values)) for name, values in self._parameters.lists() if name not in self.fields}
        found = {facet.name: chosen[param] for param in chosen if (facet := facet_by_param(param))}
        return {name: values for name, values in found.items() if values}

    def _dates(self) -> DateRange | None:
        first, last = self.cleaned_data["tu"], self.cleaned_data["den"]
        if first is None and last is None:
            return None
        return DateRange(date(first, 1, 1).isoformat() if first else "", date(last, 12, 31).isoformat() if last else "")

    def _page(self) -> int:
        text = self.cleaned_data["trang"] or "1"
        page = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
        if not 1 <= page <= DEEPEST // settings.RECORDS_PER_PAGE + 1:
            raise Http404(_("Danh sách không có trang này."))
        return page
