"""New records as an Atom feed, sound as podcasts: only what everyone may see, since a feed reader has no account.

Texts are cleaned once more: XML cannot carry a control character, and one old row must not take the feed away from everybody.
"""

from django.contrib.syndication.views import Feed
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library.access import ANONYMOUS
from library.presentation import queries
from library.records.models import Record, RecordMedia
from library.vocabularies.models import EthnicGroup
from media_pipeline.text.cleaning import clean

from ..presentation.podcast import PodcastFeed, episode_file, episode_title, episode_words, seconds
from ..queries.sounds import public_sounds

LATEST = 40
MOST_SOUNDS = 200  # a program for podcasts reads the whole file each time
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


class SoundFeed(Feed):
    """The sound of the library, or of one people, as a podcast; the newest first."""

    feed_type = PodcastFeed

    def get_object(self, request: HttpRequest, slug: str = "") -> EthnicGroup | None:
        """The people, None for the whole library. 404 for a people that there is not."""
        return get_object_or_404(EthnicGroup, slug=slug) if slug else None

    def title(self, group: EthnicGroup | None) -> str:
        if group is None:
            return gettext("Nghe: Văn hóa các dân tộc Việt Nam")
        return gettext("Nghe: người %(name)s") % {"name": group.name}

    def link(self, group: EthnicGroup | None) -> str:
        return reverse("group", args=[group.slug]) if group else f"{reverse('search')}?tep=audio"

    def feed_url(self, group: EthnicGroup | None) -> str:
        return reverse("group-sounds", args=[group.slug]) if group else reverse("sounds")

    def description(self, group: EthnicGroup | None) -> str:
        return gettext("Tiếng người, tiếng đàn, giọng đọc máy ghi rõ là máy. Mỗi bản đều ghi nguồn.")

    def items(self, group: EthnicGroup | None) -> list[RecordMedia]:
        """Recordings that everyone may hear."""
        return list(public_sounds(group)[:MOST_SOUNDS])

    def item_title(self, item: RecordMedia) -> str:
        return episode_title(item)

    def item_description(self, item: RecordMedia) -> str:
        return episode_words(item)

    def item_link(self, item: RecordMedia) -> str:
        return item.record.get_absolute_url()

    def item_guid(self, item: RecordMedia) -> str:
        return f"{item.record.identifier}/{item.asset.uuid}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: RecordMedia) -> object:
        return item.record.first_published_at

    def item_enclosures(self, item: RecordMedia) -> list[Enclosure]:
        return [episode_file(item)]

    def item_extra_kwargs(self, item: RecordMedia) -> dict[str, int]:
        return {"duration": seconds(item)}


newest_feed = transaction.non_atomic_requests(NewestFeed())
sound_feed = transaction.non_atomic_requests(SoundFeed())
