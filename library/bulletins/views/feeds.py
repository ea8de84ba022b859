"""Bulletins as podcasts: of all places, of a province with its communes, of a commune with its province.

Players of loudspeakers ask for it again and again: what was closed is not in it any more. Texts are cleaned, as in ``pages.views.feeds``.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from library.pages.presentation.podcast import PodcastFeed
from library.pages.views.public_view import public_page
from library.presentation.authorities import provinces
from library.presentation.places import communes
from library.vocabularies.models import AdminUnit
from media_pipeline.recipes import JOINED
from media_pipeline.text.cleaning import clean

from ..access import heard, of_place, on_air
from ..models import Bulletin
from ..presentation import feed_of, full_name, transcript

LATEST = 50
SPOKEN = "vi"  # bulletins are written in Vietnamese, whatever the language of the page


class BulletinFeed(Feed):
    """The newest bulletins of a place; of all places where there is none."""

    feed_type = PodcastFeed
    language = SPOKEN
    item_enclosure_mime_type = JOINED["mime"]
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, unit: AdminUnit | None) -> AdminUnit | None:
        return unit

    def title(self, unit: AdminUnit | None) -> str:
        return _("Bản tin nghe: %(place)s") % {"place": full_name(unit)} if unit else _("Bản tin nghe")

    def description(self, unit: AdminUnit | None) -> str:
        return _("Lời kể, câu hát, tiếng đàn từ thư viện, cho loa xã và cho ai thích nghe.")

    def link(self, unit: AdminUnit | None) -> str:
        return reverse("bulletins") + (f"?noi={unit.pk}" if unit else "")

    def feed_url(self, unit: AdminUnit | None) -> str:
        return feed_of(unit) if unit else reverse("bulletins-feed")

    def items(self, unit: AdminUnit | None) -> list[Bulletin]:
        return heard((of_place(on_air(), unit) if unit else on_air())[:LATEST])

    def item_title(self, item: Bulletin) -> str:
        return clean(item.title)

    def item_description(self, item: Bulletin) -> str:
        return clean("\n\n".join(filter(None, (item.summary, transcript(item)))))

    def item_guid(self, item: Bulletin) -> str:
        """One for each file: players fetch again what was mended, and nothing twice in two languages."""
        return f"ban-tin-{item.pk}-{item.sha256[:16]}"

    def item_pubdate(self, item: Bulletin) -> datetime | None:
        return item.publish_at

    def item_enclosure_url(self, item: Bulletin) -> str:
        return settings.SITE_URL + item.file_url

    def item_enclosure_length(self, item: Bulletin) -> int:
        return item.size

    def item_extra_kwargs(self, item: Bulletin) -> dict[str, Any]:
        return {"duration": round(item.duration_ms / 1000)}


_feed = BulletinFeed()


@public_page
def all_places(request: HttpRequest) -> HttpResponse:
    """The newest bulletins of all places."""
    return _feed(request, unit=None)


@public_page
def of_province(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of one province and of its communes."""
    return _feed(request, unit=get_object_or_404(provinces(), slug=slug))


@public_page
def of_commune(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of one commune, and those for its whole province."""
    name, _dash, code = slug.rpartition("-")
    return _feed(request, unit=get_object_or_404(communes().select_related("parent"), slug=name, code=code))
