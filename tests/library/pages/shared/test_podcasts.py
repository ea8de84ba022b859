"""Podcasts: only the sound that everybody may hear, told so that a program for podcasts can fetch it."""

from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.test import Client
from PIL import Image

from library.access import STAFF
from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset
from media_pipeline.storage import main_storage
from tests.factories import make_group, make_record, make_term
from tests.library.pages.examples import make_admin, text
from tests.library.pages.test_players import make_asset

pytestmark = pytest.mark.django_db
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
WORD = {
    "headword": {"lang": "hmn", "text": "hli"},
    "orthography": {"script": "Latn", "name": "RPA"},
    "variety": {"language": "", "name": "Sa Pa", "glottocode": ""},
    "senses": [{"type": "item", "value": {"vi": "trăng", "en": "moon", "note": ""}}],
}
BYTES = b"sound of eleven seconds"


@pytest.fixture(autouse=True)
def storage(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_STORAGE = str(tmp_path)
    (tmp_path / "sound").write_bytes(BYTES)
    main_storage().prepare()


def make_sound(record: Record, **of_link: str) -> Asset:
    """A recording with a file in the storage."""
    asset = make_asset(record, "audio", {"aac96": ("sound", "audio/mp4", len(BYTES)), "a24": ("sound", "audio/ogg", 9)})
    asset.derivatives.update(duration_ms=11_400)
    main_storage().put(asset.derivatives.get(name="aac96").blob.key, Path(settings.MEDIA_STORAGE) / "sound", sha256(BYTES).hexdigest(), "")
    RecordMedia.objects.filter(asset=asset).update(**of_link)
    return asset


def channel(client: Client, address: str = "/nghe.rss") -> ElementTree.Element:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = ElementTree.fromstring(text(answer)).find("channel")
    assert found is not None
    return found


def titles(client: Client, address: str = "/nghe.rss") -> list[str]:
    return [item.findtext("title", "") for item in channel(client, address).findall("item")]


def test_an_item_brings_a_file_of_the_size_that_it_tells(client: Client):
    make_sound(make_record("Hát ống", title_en="Tube singing", summary_vi="Hai người hát."), made_note="Giọng đọc máy", credit="Bảo tàng")
    item = channel(client).findall("item")[0]
    enclosure = item.find("enclosure")
    assert enclosure is not None and enclosure.attrib["url"].startswith(settings.SITE_URL)
    answer = client.get(enclosure.attrib["url"].removeprefix(settings.SITE_URL))
    assert (int(enclosure.attrib["length"]), enclosure.attrib["type"]) == (len(b"".join(answer)), answer["Content-Type"])
    assert (item.findtext("title"), item.findtext(f"{ITUNES}duration")) == ("Hát ống", "11")
    assert item.findtext("description") == "Hai người hát. · Giọng đọc máy · Bảo tàng"
    assert titles(client, "/en/nghe.rss") == ["Tube singing"]


def test_the_channel_says_its_language_and_has_a_cover_that_directories_take(client: Client):
    for address, language in (("/nghe.rss", "vi"), ("/en/nghe.rss", "en")):
        own = channel(client, address)
        assert own.findtext("language") == language and own.findtext("description")
        cover = own.find(f"{ITUNES}image")
        assert cover is not None and cover.attrib["href"].startswith(settings.SITE_URL)
    with Image.open(settings.BASE_DIR / "library/static/img/icon-1400.png") as drawn:
        assert drawn.size == (1400, 1400) and drawn.format == "PNG"


def test_what_not_everybody_may_hear_words_and_what_asks_before_it_plays_stay_out(client: Client):
    make_sound(make_record("Cho mọi người"))
    make_sound(make_record("Tư liệu kín", own_access=STAFF))
    make_sound(make_record("Tệp kín"), own_access=STAFF)
    make_sound(make_record("Bản nháp", published=False))
    make_sound(make_record("Một từ", record_type="lexeme", details=[{"type": "lexeme", "value": WORD}]))
    make_sound(make_record("Nghi lễ", warnings=[make_term("content_warnings", "sacred")]))
    make_asset(make_record("Chưa có bản nghe"), "audio", {"a24": ("sound", "audio/ogg", 9)})
    assert titles(client) == ["Cho mọi người"]


def test_what_is_withdrawn_leaves_the_podcast_and_its_file_is_gone(client: Client):
    record = make_record("Hát ống")
    make_sound(record)
    address = channel(client).find("item/enclosure").attrib["url"].removeprefix(settings.SITE_URL)  # type: ignore[union-attr]
    withdraw(record, user=make_admin(), reason="x")
    cache.clear()  # the answer of some seconds ago
    assert titles(client) == []
    assert client.get(address).status_code == 404


def test_a_people_has_a_podcast_of_its_own_and_its_portal_and_the_page_for_listening_lead_to_it(client: Client):
    dao = make_group("11", "Dao", "Dao")
    make_sound(make_record("Páo dung", groups=[dao]))
    make_sound(make_record("Hát ống"))
    assert titles(client, "/dan-toc/nhom-11/nghe.rss") == ["Páo dung"]
    link = '<link rel="alternate" type="application/rss+xml" title="Nghe" href="{0}">'
    portal = text(client.get("/dan-toc/nhom-11/"))
    assert link.format("/dan-toc/nhom-11/nghe.rss") in portal and '<a href="/dan-toc/nhom-11/nghe.rss"' in portal
    make_group("12", "Tày", "Tay")
    assert "nghe.rss" not in text(client.get("/dan-toc/nhom-12/"))
    assert link.format("/nghe.rss") in text(client.get("/tim-kiem/?tep=audio"))
    assert client.get("/dan-toc/khong-co/nghe.rss").status_code == 404


@pytest.mark.parametrize("recordings", [2, 6])
def test_a_podcast_asks_as_often_for_many_recordings_as_for_few(client: Client, django_assert_max_num_queries, recordings: int):
    for number in range(recordings):
        make_sound(make_record(f"Bài {number}"))
    with django_assert_max_num_queries(2):
        assert len(titles(client)) == recordings
