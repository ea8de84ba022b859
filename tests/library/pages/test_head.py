"""What the head of a page tells search engines, messengers and browsers."""

import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image, ImageChops

from library.frame.drawing.band import band
from library.frame.drawing.share_card import PARTS, STITCH, ShareCard, png
from library.records.models import Record
from library.vocabularies.models import AdminUnit
from tests.factories import make_group, make_record
from tests.library.pages.examples import FESTIVAL, text

pytestmark = pytest.mark.django_db

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
IMAGE = re.compile(r'<meta property="og:image" content="([^"]+)">')
DESCRIPTION = re.compile(r'<meta name="description" property="og:description" content="([^"]*)">')
SENSE = {"type": "item", "value": {"vi": "cá", "en": "fish", "note": ""}}
TITLE = re.compile(r"<title>(.*?)</title>")


@pytest.mark.parametrize("address", ["/", "/dan-toc/", "/tu-lieu/?loai=festival", "/tim-kiem/", "record"])
def test_a_page_has_one_address_and_names_it_in_each_language_from_each_language(client: Client, festival: Record, address: str):
    address = festival.get_absolute_url() if address == "record" else address
    expected = [("vi", settings.SITE_URL + address), ("en", f"{settings.SITE_URL}/en{address}"), ("x-default", settings.SITE_URL + address)]
    for here in (address, f"/en{address}"):
        page = text(client.get(here))
        assert CANONICAL.findall(page) == [settings.SITE_URL + here]
        assert ALTERNATE.findall(page) == expected
        assert "noindex" not in page


@pytest.mark.parametrize(
    "address", ["/tim-kiem/?q=khen", "/tu-lieu/?loai=festival&xep=ten", "/tu-lieu/?trang=1", "/lich-le-hoi/?thang=2027-01"]
)
def test_search_engines_leave_out_searches_filters_and_months(client: Client, festival: Record, address: str):
    page = text(client.get(address))
    assert '<meta name="robots" content="noindex">' in page
    assert not CANONICAL.search(page) and not ALTERNATE.search(page)


def test_crawlers_are_kept_out_of_addresses_without_end(client: Client):
    rules = text(client.get("/robots.txt")).splitlines()
    assert {"Disallow: /tim-kiem/?", "Disallow: /en/tim-kiem/?", "Disallow: /tu-lieu/?*&", "Disallow: /en/lich-le-hoi/?"} <= set(rules)
    assert rules[0] == "User-agent: *"


@pytest.mark.usefixtures("units")
def test_each_page_has_a_description_of_its_own(client: Client, festival: Record, province: AdminUnit):
    festival.summary_vi = "Hội xuân của người Mông."
    festival.save()
    addresses = ["/", "/dan-toc/", "/tinh/", "/tinh/lao-cai/", "/tu-lieu/", "/tu-lieu/?loai=festival", "/lich-le-hoi/", "/tim-kiem/"]
    addresses += ["/tim-kiem/chi-tiet/", festival.get_absolute_url()]
    addresses += ["/tinh-cu/", "/tinh-cu/lao-cai/", "/huyen-cu/thi-xa-sa-pa-088/", "/xa/xa-ta-phin-03013/"]
    for prefix in ("", "/en"):
        described = [DESCRIPTION.findall(text(client.get(prefix + address))) for address in addresses]
        assert all(len(found) == 1 and found[0] for found in described)
        assert len({found[0] for found in described}) == len(addresses)


def test_records_of_one_name_are_told_apart_by_title_and_description(client: Client, festival: Record):
    word = {"headword": {"lang": "hrx", "text": "kaː"}, "orthography": {"script": "Latn", "name": "IPA"}, "senses": [SENSE]}
    words = [word | {"variety": {"language": "", "name": name, "glottocode": ""}} for name in ("Phong", "Pleiku")]
    people = [make_group(), make_group("11", "Dao", "Dao")]
    kinds = [("festival", own, FESTIVAL) for own in people] + [("lexeme", people[0], own) for own in words]
    titles, descriptions = set(), set()
    for kind, group, value in kinds:
        summary = "" if kind == "lexeme" else f"Hội của người {group.name_vi}."
        details = [{"type": kind, "value": value}]
        record = make_record("kaː – cá", record_type=kind, summary_vi=summary, groups=[group], details=details)
        page = text(client.get(record.get_absolute_url()))
        titles.update(TITLE.findall(page))
        descriptions.update(DESCRIPTION.findall(page))
    assert len(titles) == len(descriptions) == len(kinds)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_shared_link_shows_the_card_of_the_record_in_the_readers_language(client: Client, festival: Record, prefix: str):
    here = f"{prefix}{festival.get_absolute_url()}"
    address = IMAGE.findall(text(client.get(here)))[0]
    assert address.startswith(f"{settings.SITE_URL}{here}the-chia-se.png?v=")
    answer = client.get(address.removeprefix(settings.SITE_URL))
    assert (answer["Content-Type"], Image.open(BytesIO(answer.content)).size) == ("image/png", (1200, 630))
    assert len(answer.content) <= 60_000


def test_the_address_of_a_card_changes_with_what_stands_on_it(client: Client, festival: Record):
    before = IMAGE.findall(text(client.get(festival.get_absolute_url())))
    festival.title_vi = "Hội Gầu Tào ở Pha Long"
    festival.save()
    assert IMAGE.findall(text(client.get(festival.get_absolute_url()))) != before


def test_a_page_that_is_no_record_shows_the_librarys_card_and_an_error_none(client: Client, festival: Record):
    address = IMAGE.findall(text(client.get("/dan-toc/")))[0]
    assert len(client.get(address.removeprefix(settings.SITE_URL)).content) <= 60_000
    assert not IMAGE.search(text(client.get("/ban-ghi/khong-co/")))


@pytest.mark.parametrize("title", ["ɲaː²", "Lễ hội Lồng tông Chiêm Hóa", "Trang trí trên trang phục của người Mông " * 4, "Ưỡ" * 90])
def test_no_letter_of_a_card_goes_over_its_edge_or_onto_the_cloth(title: str):
    card, bare = (
        png(ShareCard(("Thư viện số", "Văn hóa"), words, line, "v1"))
        for words, line in ((title, "Di sản · Mông, Dao, Thái, Tày" * 5), ("", ""))
    )
    written = ImageChops.difference(*(Image.open(BytesIO(file)).convert("L") for file in (card, bare)))
    left, top, right, bottom = written.point(lambda light: 255 if light > 60 else 0).getbbox()
    assert (left >= 60, right <= 1140) == (True, True)
    assert (top > 130, bottom < 630 - STITCH * band("v1", PARTS).height) == (True, True)


def test_browsers_learn_how_to_ask_the_search(client: Client, festival: Record):
    assert 'type="application/opensearchdescription+xml"' in text(client.get("/en/"))
    answer = client.get("/en/tim-kiem/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    tree = ElementTree.fromstring(text(answer))
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(tree.findtext(f"{space}ShortName")) <= 16
    template = tree.find(f"{space}Url").get("template")
    assert template == f"{settings.SITE_URL}/en/tim-kiem/?q={{searchTerms}}"
