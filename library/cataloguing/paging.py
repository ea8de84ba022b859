"""Pages of the staff's lists: they count as far as anybody turns pages, for counting everything reads everything."""

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.paginator import WagtailPaginator

DEEPEST = 10_000  # records, or lines of the history


class StaffPaginator(WagtailPaginator):
    """Pages of at most ``DEEPEST`` records; of more it tells that there are more."""

    more_than = gettext_lazy("hơn %(total)s tư liệu")

    @cached_property
    def count(self) -> int:
        """The number of records, ``DEEPEST`` + 1 where there are more."""
        return int(self.object_list.order_by()[: DEEPEST + 1].count())  # no order: whatever is counted first

    @cached_property
    def num_pages(self) -> int:
        """The number of pages that can be opened."""
        return max(1, -(-min(self.count, DEEPEST) // self.per_page))

    @cached_property
    def items_count_label(self) -> str:
        """The number in words, for the foot of the list."""
        if self.count > DEEPEST:
            return str(self.more_than) % {"total": number_format(DEEPEST)}
        label: str = super().items_count_label
        return label


class HistoryPaginator(StaffPaginator):
    """Pages of the history of the site: lines of several tables, which have no common name of their own."""

    more_than = gettext_lazy("hơn %(total)s mục")

    @cached_property
    def items_count_label(self) -> str:
        if self.count > DEEPEST:
            return super().items_count_label
        return ngettext("%(number)s mục", "%(number)s mục", self.count) % {"number": number_format(self.count)}
