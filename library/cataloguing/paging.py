"""Pages of the staff's lists: they count as far as anybody turns pages, for counting everything reads everything."""

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.paginator import WagtailPaginator

DEEPEST = 10_000  # records
LATEST_LINES = 500  # of the history: each is looked up in the tables of what it is about
CHOSEN_FROM = 500  # records of a chooser: who does not see the record on the first pages types more of its name


class StaffPaginator(WagtailPaginator):
    """Pages of at most ``DEEPEST`` records; of more it tells that there are more."""

    more_than = gettext_lazy("hơn %(total)s tư liệu")

    @property
    def deepest(self) -> int:
        """How many rows the pages reach."""
        return DEEPEST

    @cached_property
    def count(self) -> int:
        """The number of rows, one more than ``deepest`` where there are more."""
        return int(self.object_list.order_by()[: self.deepest + 1].count())  # no order: whatever is counted first

    @cached_property
    def num_pages(self) -> int:
        """The number of pages that can be opened."""
        return max(1, -(-min(self.count, self.deepest) // self.per_page))

    @cached_property
    def items_count_label(self) -> str:
        """The number in words, for the foot of the list."""
        if self.count > self.deepest:
            return str(self.more_than) % {"total": number_format(self.deepest)}
        label: str = super().items_count_label
        return label


class ChooserPaginator(StaffPaginator):
    """Pages of a chooser of records. They are counted in the order of the list, from the index that the first page is read from."""

    @property
    def deepest(self) -> int:
        return min(DEEPEST, CHOSEN_FROM)

    @cached_property
    def count(self) -> int:
        return int(self.object_list[: self.deepest + 1].count())


class HistoryPaginator(StaffPaginator):
    """Pages of the history of the site: lines of several tables, which have no common name of their own."""

    more_than = gettext_lazy("hơn %(total)s mục")

    @property
    def deepest(self) -> int:
        """The latest lines; older ones are found by narrowing the history to some days or to a name."""
        return min(DEEPEST, LATEST_LINES)

    @cached_property
    def items_count_label(self) -> str:
        if self.count > self.deepest:
            return super().items_count_label
        return ngettext("%(number)s mục", "%(number)s mục", self.count) % {"number": number_format(self.count)}
