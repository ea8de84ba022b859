"""New records as an Atom feed: only those that everyone may see, since a feed reader has no account.

Texts are cleaned once more: XML cannot carry a control character, and one old row must not take the feed away from everybody.
"""

from django.contrib.syndication.views import Feed
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from library.access import ANONYMOUS
from library.presentation import queries
from library.records.models import Record
from media_pipeline.text.cleaning import clean

LATEST = 40
COLUMNS = ("identifier", "title_vi", "title_en", "summary_vi", "summary_en", "first_published_at", "last_published_at")


class NewestFeed(Feed):
    """The newest records, newest first."""

    feed_type = Atom1Feed
    title = _("Thư viện số Văn hóa các dân tộc Việt Nam: mới đăng")
    subtitle = _("Tư liệu mới đăng, mỗi mục đều ghi nguồn.")
    link = reverse_lazy("records")

    def items(self) -> list[Record]:
        """Records that everyone may see."""
        records = queries.without_words(queries.visible_records(ANONYMOUS))
        return list(records.only(*COLUMNS).order_by("-first_published_at", "-pk")[:LATEST])

    def feed_url(self) -> str:
        return reverse("feed")

    def item_title(self, item: Record) -> str:
        return clean(item.title)

    def item_description(self, item: Record) -> str:
        return clean(item.summary)

    def item_pubdate(self, item: Record) -> object:
        return item.first_published_at

    def item_updateddate(self, item: Record) -> object:
        return item.last_published_at


newest_feed = transaction.non_atomic_requests(NewestFeed())
