"""Share cards of portals, places and stories: drawn, told in words, in the reader's language, and only of what everybody may read."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from library.curation.models import StoryPage
from library.frame.drawing import share_card
from library.vocabularies.models import AdminUnit
from tests.factories import make_group
from tests.library.curation.examples import make_story
from tests.library.pages.examples import text
from tests.library.pages.test_head import IMAGE

pytestmark = pytest.mark.django_db
ALT = re.compile(r'<meta property="og:image:alt" content="([^"]+)">')
PAGES = {
    "/dan-toc/nhom-08/": ("Người Mông · Dân tộc · Hmông–Miền", "Hmong people · Ethnic group · Hmong–Mien"),
    "/tinh/lao-cai/": ("Lào Cai · Tỉnh, thành phố", "Lao Cai · Province or city"),
    "/xa/xa-ta-phin-03013/": ("Xã Tả Phìn · Lào Cai", "Tả Phìn commune · Lao Cai"),
    "/chuyen/trong/": ("Tiếng trống trên đồi · Chuyện", "Drums on the hill · Story"),
}


@pytest.fixture
def story() -> StoryPage:
    return make_story(slug="trong", title="Tiếng trống trên đồi", title_en="Drums on the hill")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("units", "story")
def test_portals_places_and_stories_have_cards_in_the_readers_language(client: Client, address: str):
    group = make_group()
    group.branch_vi, group.branch_en = "Hmông - Miền", "Hmong–Mien"
    group.save()
    for prefix, words in zip(("", "/en"), PAGES[address], strict=True):
        page = text(client.get(prefix + address))
        assert ALT.findall(page) == [words]
        card = IMAGE.findall(page)[0]
        assert card.startswith(f"{settings.SITE_URL}{prefix}/") and "?v=" in card
        answer = client.get(card.removeprefix(settings.SITE_URL))
        assert (answer["Content-Type"], Image.open(BytesIO(answer.content)).size) == ("image/png", (1200, 630))
        assert len(answer.content) <= 60_000


def test_a_story_that_not_everybody_may_read_has_no_card(client: Client, story: StoryPage):
    address = "/the-chia-se/chuyen/trong.png"
    assert client.get(address).status_code == 200
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert client.get(address).status_code == 404
    story.view_restrictions.all().delete()
    story.unpublish()
    assert client.get(address).status_code == 404


def test_a_card_is_drawn_once(client: Client, units: dict[str, AdminUnit], monkeypatch: pytest.MonkeyPatch):
    drawn: list[str] = []
    monkeypatch.setattr("library.presentation.share_cards.png", lambda card: drawn.append(card.title) or b"png")
    for _again in range(2):
        assert client.get("/tinh/lao-cai/the-chia-se.png").content == b"png"
    assert drawn == ["Lào Cai"]


def test_peoples_and_places_have_the_librarys_band_and_none_of_their_own(client: Client, province: AdminUnit, monkeypatch):
    seeds: list[str] = []
    monkeypatch.setattr(share_card, "band", lambda seed, parts, draw=share_card.band: seeds.append(seed) or draw(seed, parts))
    make_group()
    for address in ("/the-chia-se.png", "/dan-toc/nhom-08/the-chia-se.png", "/tinh/lao-cai/the-chia-se.png"):
        assert client.get(address).status_code == 200
    assert set(seeds) == {"thu-vien", "knot-3"}
