"""What a reader asks for, as one value, and how it stands in an address: readable parameters, checked. The form posts nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from library.calendars.day_numbers import astronomical_year, first_day, last_day

from .engines.base import DEEPEST
from .facets import facet_by_param, following_merges
from .query.map_tiles import COUNTRY, zoom_for
from .query.plan import Box, DateRange, Sort

RESULTS_PER_PAGE = 24  # as many as a list of records has (library.pages.paging)
LONGEST_PARAMETER = 2_000  # bytes
SORTS = {"": Sort.RELEVANCE, "moi": Sort.NEWEST, "thoi-gian": Sort.DATE, "ten": Sort.TITLE}
SORT_LABELS = {"": _("sát nhất"), "moi": _("mới đăng"), "thoi-gian": _("thời gian"), "ten": _("tên")}
FIELD_LABELS = {"": _("mọi chỗ"), "ten": _("tên"), "noi-dung": _("nội dung")}
FIELDS = {"": (), "ten": ("title", "names"), "noi-dung": ("body", "fulltext")}
INSIDE, MAP = "ban-ghi", "ban-do"
NEAR, FARTHEST = 10, 50  # words between two phrases: unless said, and at most
FARTHEST_YEAR = 1_000_000  # before our era: older than people
DETAILS = ("cum", "khong", "gan", "voi", "trong", "nguoi", "tu", "den", "o", "bo")
# Added to shared links by other sites; they mean nothing here.
FOREIGN_PARAMETERS = ("utm_", "fbclid", "gclid", "zarsrc", "zalo")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search by a reader. ``facets`` hold the selected values by the facet's name in the index."""

    text: str = ""
    phrase: str = ""  # words that must stand side by side
    near: tuple[str, str, int] | None = None  # two phrases, and how many other words may stand between
    collection: str = ""  # identifier of the collection to search in
    people: str = ""  # who made, sang, told or spoke it
    inside: bool = False  # in recordings and on pages only
    box: Box | None = None  # piece of the map
    cells: int = 0  # zoom of the map tiles to count
    as_typed: bool = False  # the very words, without understanding what they mean
    excluded: str = ""  # words that must not occur
    fields: tuple[str, ...] = ()  # where the words must stand; empty: anywhere
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: DateRange | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = RESULTS_PER_PAGE

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * self.size

    @property
    def narrowed(self) -> bool:
        """Whether anything but words was asked for."""
        conditions = (self.facets, self.dates, self.excluded, self.fields, self.people, self.near, self.box, self.inside, self.collection)
        return any(conditions)

    @property
    def asks_nothing(self) -> bool:
        """Whether there are no words, no conditions and no view of all records: the place to start from."""
        return not (self.words or self.narrowed or self.cells or self.page > 1 or self.sort is not Sort.RELEVANCE)

    @property
    def words(self) -> str:
        """All words of the search as one query: the phrase between quotation marks, the two near phrases as they are."""
        near = self.near[:2] if self.near else ()
        return " ".join(filter(None, (self.text, f'"{self.phrase}"' if self.phrase else "", *near)))


class YearField(forms.IntegerField):
    """A year as people count it: negative before our era, and none is 0."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=-FARTHEST_YEAR, max_value=9999, **kwargs)

    def clean(self, value: Any) -> int | None:
        year: int | None = super().clean(value.replace("−", "-") if isinstance(value, str) else value)
        if year == 0:
            raise forms.ValidationError(_("Không có năm 0: trước năm 1 là năm 1 TCN."))
        return year


class SearchForm(forms.Form):
    """The parameters that are no facets. ``facets`` collects the others."""

    q = forms.CharField(label=_("Từ cần tìm"), required=False)
    cum = forms.CharField(label=_("Nguyên cụm từ"), required=False, help_text=_("Các từ đứng liền nhau, đúng thứ tự."))
    khong = forms.CharField(label=_("Không có từ"), required=False)
    gan = forms.CharField(label=_("Từ này"), required=False)
    voi = forms.CharField(label=_("đứng gần từ này"), required=False)
    cach = forms.IntegerField(label=_("cách nhau nhiều nhất (âm tiết)"), required=False, min_value=0, max_value=FARTHEST)
    trong = forms.ChoiceField(
        label=_("Tìm ở"),
        required=False,
        choices=list(FIELD_LABELS.items()),
    )
    nguoi = forms.CharField(
        label=_("Người kể, hát, làm, sưu tầm"), required=False, help_text=_("Tên người có phần trong tư liệu, gõ không dấu cũng được.")
    )
    tu = YearField(label=_("Từ năm"))
    den = YearField(label=_("Đến năm"), help_text=_("Trước Công nguyên: ghi số âm, ví dụ -500 là năm 500 TCN."))
    o = forms.ChoiceField(
        label=_("Tìm trong"),
        required=False,
        choices=[("", _("mọi tư liệu")), (INSIDE, _("bản ghi và trang sách"))],
        help_text=_("Kết quả mở đúng giây hoặc đúng trang có từ cần tìm."),
    )
    bo = forms.CharField(label=_("Trong bộ sưu tập"), required=False)
    dung = forms.BooleanField(required=False, widget=forms.HiddenInput)
    khung = forms.CharField(required=False, widget=forms.HiddenInput)
    xem = forms.ChoiceField(required=False, choices=[("", ""), (MAP, "")], widget=forms.HiddenInput)
    xep = forms.ChoiceField(label=_("Xếp theo"), required=False, choices=list(SORT_LABELS.items()))
    trang = forms.CharField(required=False, widget=forms.HiddenInput)

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
        if bool(cleaned.get("gan")) != bool(cleaned.get("voi")):
            self.add_error("voi" if cleaned.get("gan") else "gan", _("Hãy điền cả hai từ cần đứng gần nhau."))
        return cleaned

    def clean_khung(self) -> Box | None:
        """West, south, east and north in degrees, with commas between."""
        text = self.cleaned_data["khung"]
        if not text:
            return None
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise forms.ValidationError(_("Khung bản đồ phải là bốn số: tây, nam, đông, bắc.")) from error
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise forms.ValidationError(_("Khung bản đồ phải là bốn số: tây, nam, đông, bắc."))
        return Box(west, south, east, north)

    @property
    def detailed(self) -> bool:
        """Whether any field of the detailed search is in use."""
        return any(self[name].value() for name in DETAILS)

    def request(self) -> SearchRequest:
        """What the reader asks for. Raises Http404 for a page that cannot be. The form must be valid."""
        cleaned = self.cleaned_data
        return SearchRequest(
            text=cleaned["q"],
            phrase=cleaned["cum"].replace('"', " ").strip(),
            near=self._near(),
            collection=cleaned["bo"],
            people=cleaned["nguoi"],
            as_typed=cleaned["dung"],
            inside=cleaned["o"] == INSIDE,
            box=cleaned["khung"],
            cells=zoom_for(cleaned["khung"] or COUNTRY) if cleaned["xem"] == MAP else 0,
            excluded=cleaned["khong"],
            fields=FIELDS[cleaned["trong"]],
            facets=self._facets(),
            dates=self._dates(),
            sort=SORTS[cleaned["xep"]],
            page=self._page(),
        )

    def _facets(self) -> dict[str, tuple[str, ...]]:
        values_by_param = {name: tuple(filter(None, values)) for name, values in self._parameters.lists() if name not in self.fields}
        selected = {facet.name: values_by_param[param] for param in values_by_param if (facet := facet_by_param(param))}
        return {name: following_merges(name, values) for name, values in selected.items() if values}

    def newest(self) -> SearchRequest:
        """The same search, newest first, from its beginning."""
        return replace(self.request(), sort=Sort.NEWEST, page=1, cells=0)

    def _near(self) -> tuple[str, str, int] | None:
        first, second, gap = (self.cleaned_data[name] for name in ("gan", "voi", "cach"))
        return (first, second, NEAR if gap is None else gap) if first and second else None

    def _dates(self) -> DateRange | None:
        first, last = self.cleaned_data["tu"], self.cleaned_data["den"]
        if first is None and last is None:
            return None
        return DateRange(first and first_day(astronomical_year(first)), last and last_day(astronomical_year(last)))

    def _page(self) -> int:
        text = self.cleaned_data["trang"] or "1"
        page = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
        if not 1 <= page <= DEEPEST // RESULTS_PER_PAGE + 1:
            raise Http404(_("Danh sách không có trang này."))
        return page
