"""Pages of the staff's lists: they count as far as anybody turns pages, for counting everything reads everything."""

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

DEEPEST = 10_000  # records


class StaffPaginator(WagtailPaginator):
    """Pages of at most ``DEEPEST`` records; of more it tells that there are more."""

    @cached_property
    def count(self) -> int:
        """The number of records, ``DEEPEST`` + 1 where there are more."""
        return int(self.object_list[: DEEPEST + 1].count())

    @cached_property
    def num_pages(self) -> int:
        """The number of pages that can be opened."""
        return max(1, -(-min(self.count, DEEPEST) // self.per_page))

    @cached_property
    def items_count_label(self) -> str:
        """The number in words, for the foot of the list."""
        if self.count > DEEPEST:
            return _("hơn %(total)s tư liệu") % {"total": number_format(DEEPEST)}
        label: str = super().items_count_label
        return label
