"""Share cards: what stands on the card of a page, its address with the words for those who do not see it, and the file.

The band of a card is seeded by the identifier of a record or the address of a story. A people and a place have the library's own: no
pattern may look as if it were theirs (``library.frame.drawing.band``).
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library.caching.rows import cached
from library.frame.drawing.share_card import ShareCard, png
from library.vocabularies.models import AdminUnit, EthnicGroup

from .lists.lines import RecordLine
from .wording import in_reader_language

KEPT = 30 * 24 * 3600  # seconds
LIBRARY = "thu-vien"


@dataclass(frozen=True, slots=True)
class CardLink:
    """A card beside a link: its absolute address with its version, and what stands on it."""

    address: str
    alt: str


def record_card(line: RecordLine) -> ShareCard:
    """The card of a record that everybody may see."""
    return _card(line.title.plain, (line.kind, line.groups_and_places), line.identifier)


def group_card(group: EthnicGroup) -> ShareCard:
    """The card of the portal of a people."""
    branch = in_reader_language(group.branch_vi.replace(" - ", "–"), group.branch_en)
    return _card(_("Người %(name)s") % {"name": group.name}, (pgettext("một dân tộc", "Dân tộc"), branch.plain), LIBRARY)


def province_card(unit: AdminUnit) -> ShareCard:
    """The card of a province."""
    return _card(unit.label, (_("Tỉnh, thành phố"),), LIBRARY)


def commune_card(unit: AdminUnit) -> ShareCard:
    """The card of a commune, fetched with its province."""
    return _card(unit.label, (unit.parent.label if unit.parent else "",), LIBRARY)


def story_card(title: str, slug: str) -> ShareCard:
    """The card of a story that everybody may read."""
    return _card(title, (pgettext("một chuyện", "Chuyện"),), f"chuyen-{slug}")


def library_card() -> ShareCard:
    """The card of every page without one of its own."""
    return ShareCard(_library(), _("Năm mươi tư dân tộc, một nơi để tìm, đọc, nghe và góp lời"), "", LIBRARY)


def record_card_link(line: RecordLine) -> CardLink | None:
    """Where the card of a record is; None for a record that not everybody may see."""
    return None if line.mark else card_link("record-card", line.identifier, record_card(line))


def card_link(page: str, key: str, card: ShareCard) -> CardLink:
    """Where a card is: ``page`` names the address of cards of its kind, ``key`` is what stands in it."""
    return CardLink(f"{settings.SITE_URL}{reverse(page, args=[key])}?v={version(card)}", " · ".join(filter(None, (card.title, card.line))))


def version(card: ShareCard) -> str:
    """Changes with what stands on the card."""
    return sha256(repr(card).encode()).hexdigest()[:8]


def card_file(card: ShareCard) -> bytes:
    """The PNG file, from the cache if it was drawn before."""
    return cached(f"share-card:{version(card)}", lambda: png(card), KEPT)


def _card(title: str, about: tuple[str, ...], seed: str) -> ShareCard:
    return ShareCard(_library(), title, " · ".join(filter(None, about)), seed)


def _library() -> tuple[str, str]:
    return _("Thư viện số"), _("Văn hóa các dân tộc Việt Nam")
