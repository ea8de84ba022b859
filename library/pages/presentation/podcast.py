"""A feed of sound as programs for podcasts read it: RSS 2.0 with the tags of Apple's podcasts, and what it says of one recording.

Apple's requirements: https://podcasters.apple.com/support/823-podcast-requirements
"""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _

from library.frame.drawing.app_icon import COVER, icon_name
from library.presentation.media.file_labels import label_of
from library.records.models import RecordMedia
from media_pipeline.available_renditions import derivative_url
from media_pipeline.text.cleaning import clean

NAMESPACE = "http://www.itunes.com/dtds/podcast-1.0.dtd"
CATEGORY = "Society & Culture"


class PodcastFeed(Rss201rev2Feed):
    """RSS 2.0 with the tags of podcasts. An item brings ``duration``, in whole seconds."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:itunes": NAMESPACE}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", _("Thư viện số Văn hóa các dân tộc Việt Nam"))
        handler.addQuickElement("itunes:image", attrs={"href": settings.SITE_URL + static(f"img/{icon_name(COVER)}")})
        handler.addQuickElement("itunes:category", attrs={"text": CATEGORY})
        handler.addQuickElement("itunes:explicit", "false")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:duration", str(item["duration"]))


def episode_title(link: RecordMedia) -> str:
    """The name of the record, and what this recording is where that says more."""
    title, caption = link.record.title, label_of(link).caption.plain
    if title in caption:
        return clean(caption)
    return clean(f"{title}: {caption}" if caption else title)


def episode_words(link: RecordMedia) -> str:
    """What the record is, whether a machine speaks, whose recording it is and what may be done with it."""
    label = label_of(link)
    return clean(" · ".join(part for part in (link.record.summary, label.made_note.plain, label.credit.plain, label.rights) if part))


def episode_file(link: RecordMedia) -> Enclosure:
    """The one file that was fetched with the link: its absolute address, its bytes, its type."""
    file = link.asset.current[0]
    return Enclosure(settings.SITE_URL + derivative_url(link.asset, file), str(file.size_bytes), file.mime)


def seconds(link: RecordMedia) -> int:
    """How long the recording is, in whole seconds."""
    return round((link.asset.current[0].duration_ms or link.asset.duration_ms or 0) / 1000)
