"""Pages of editors have addresses of plain letters, whoever names them; an address that is known already stays."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from library.curation.addresses import PlainSlugInput
from library.curation.load import load_pages
from library.curation.models import FrontPage, PortalIndex, PortalText, SiteRoot, StoryIndex, StoryPage, TextPage
from tests.factories import make_group

from .examples import make_story

pytestmark = pytest.mark.django_db
TITLE, PLAIN = "Tiếng trống trên đồi Đắk Lắk", "tieng-trong-tren-doi-dak-lak"


@pytest.fixture(autouse=True)
def pages() -> None:
    load_pages()


@pytest.mark.parametrize("kind", [StoryPage, TextPage, PortalText, FrontPage])
def test_a_new_page_of_every_kind_gets_a_plain_address_from_its_title(kind: type[Page]) -> None:
    parent = {StoryPage: StoryIndex, PortalText: PortalIndex}.get(kind, SiteRoot).objects.get()
    more = {"group": make_group()} if kind is PortalText else {}
    assert parent.add_child(instance=kind(title=TITLE, **more)).slug == PLAIN


def test_a_second_page_of_the_same_name_gets_a_number() -> None:
    addresses = [make_story(title=TITLE, slug="").slug for _story in (1, 2)]
    assert addresses == [PLAIN, f"{PLAIN}-2"]


def test_the_form_stores_a_plain_address_whatever_a_script_has_sent(admin_client: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["curation", "storypage", StoryIndex.objects.get().pk])
    form = {"title": TITLE, "slug": TITLE.lower().replace(" ", "-"), "body-count": "0"}
    admin_client.post(address, form)
    assert StoryPage.objects.get().slug == PLAIN


def test_an_address_that_is_known_stays(admin_client: Client) -> None:
    story = make_story(slug="chuyen-cu")
    Page.objects.filter(pk=story.pk).update(slug="chuyện-cũ")
    form = {"title": "Tên mới", "slug": "chuyện-cũ", "body-count": "0"}
    admin_client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form | {"action-publish": "1"})
    after = Page.objects.get(pk=story.pk)
    assert (after.title, after.slug) == ("Tên mới", "chuyện-cũ")


def test_the_field_knows_every_vietnamese_letter() -> None:
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    text = vowels + vowels.upper()
    for (pattern, _flags), plain in json.loads(PlainSlugInput().attrs["data-w-slug-formatters-value"]):
        text = re.sub(pattern, plain, text)
    assert text.isascii()
