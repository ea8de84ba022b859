"""Share cards: what stands on the card of a record and of the library, its address, and the file, drawn once and kept."""

from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from library.caching.rows import cached
from library.frame.drawing.share_card import ShareCard, png
from library.presentation.lists.lines import RecordLine

KEPT = 30 * 24 * 3600  # seconds
LIBRARY = "thu-vien"


def record_card(line: RecordLine) -> ShareCard:
    """The card of a record that everybody may see."""
    about = " · ".join(part for part in (line.kind, line.groups_and_places) if part)
    return ShareCard(_library(), line.title.plain, about, line.identifier)


def library_card() -> ShareCard:
    """The card of every page that is no record."""
    return ShareCard(_library(), _("Năm mươi tư dân tộc, một nơi để tìm, đọc, nghe và góp lời"), "", LIBRARY)


def card_address(line: RecordLine) -> str:
    """The absolute address of a record's card, with its version; empty for a record that not everybody may see."""
    if line.mark:
        return ""
    return f"{settings.SITE_URL}{reverse('record-card', args=[line.identifier])}?v={version(record_card(line))}"


def version(card: ShareCard) -> str:
    """Changes with what stands on the card."""
    return sha256(repr(card).encode()).hexdigest()[:8]


def card_file(card: ShareCard) -> bytes:
    """The PNG file, from the cache if it was drawn before."""
    return cached(f"share-card:{version(card)}", lambda: png(card), KEPT)


def _library() -> tuple[str, str]:
    return _("Thư viện số"), _("Văn hóa các dân tộc Việt Nam")
