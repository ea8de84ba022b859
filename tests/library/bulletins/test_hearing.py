"""What the public hears: the page, the file, the podcast of a place, the hour."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.bulletins.actions import publish
from library.bulletins.models import Bulletin, BulletinState

pytestmark = pytest.mark.django_db
APPLE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_page_says_what_it_costs_before_a_tap_and_what_is_said_in_it(place: SimpleNamespace, on_air: Bulletin, client: Client):
    page = client.get(on_air.get_absolute_url()).content.decode()
    assert 'preload="none"' in page and "Dài 0:05" in page and "KB" in page and f'src="{on_air.file_url}"' in page
    assert "Kính chào bà con Tả Phìn." in page and place.song.get_absolute_url() in page and "từ 0:01 đến 0:04" in page
    assert f'hreflang="en" href="http://testserver/en/ban-tin/{on_air.pk}/"' in page
    english = client.get(f"/en/ban-tin/{on_air.pk}/").content.decode()
    assert '<span lang="vi">Kính chào bà con Tả Phìn.</span>' in english


def test_the_file_is_sent_whole_and_in_parts(on_air: Bulletin, client: Client):
    whole = client.get(on_air.file_url)
    body = b"".join(whole) if whole.streaming else whole.content
    assert whole["Content-Type"] == "audio/mpeg" and len(body) == on_air.size
    part = client.get(on_air.file_url, headers={"range": "bytes=10-19"})
    assert part.status_code == 206 and (b"".join(part) if part.streaming else part.content) == body[10:20]


def test_a_feed_is_a_podcast_whose_numbers_are_those_of_the_file(on_air: Bulletin, client: Client):
    answer = client.get("/ban-tin/xa/xa-ta-phin-03013.rss")
    assert answer["Content-Type"].startswith("application/rss+xml")
    channel = fromstring(answer.content).find("channel")
    assert channel.findtext("title") == "Bản tin nghe: Xã Tả Phìn, Lào Cai" and channel.findtext("language") == "vi"
    assert channel.find(f"{ATOM}link").get("href").endswith("/ban-tin/xa/xa-ta-phin-03013.rss")
    assert channel.findtext(f"{APPLE}explicit") == "false" and channel.find(f"{APPLE}category").get("text")
    (item,) = channel.findall("item")
    enclosure = item.find("enclosure")
    address = enclosure.get("url")
    file = client.get(address[address.index("/ban-tin/") :])
    assert int(enclosure.get("length")) == len(b"".join(file) if file.streaming else file.content)
    assert enclosure.get("type") == "audio/mpeg" and address.startswith("http")
    assert abs(int(item.findtext(f"{APPLE}duration")) - on_air.duration_ms / 1000) <= 0.5
    english = fromstring(client.get("/en/ban-tin/xa/xa-ta-phin-03013.rss").content).findtext("channel/item/guid")
    assert item.findtext("guid") == english and item.findtext("pubDate")
    assert item.findtext("link").endswith(f"/ban-tin/{on_air.pk}/") and channel.find(f"{APPLE}image").get("href").startswith("http")
    assert "Kính chào bà con Tả Phìn." in item.findtext("description")


def test_a_place_listens_to_its_own_and_to_what_is_above_or_below_it(place: SimpleNamespace, on_air: Bulletin, client: Client):
    def named(address: str) -> bool:
        return on_air.title in client.get(address).content.decode()

    feeds = ("/ban-tin/tinh/lao-cai.rss", "/ban-tin/xa/xa-ta-phin-03013.rss", "/ban-tin/xa/xa-ban-ho-03014.rss")
    assert [named(feed) for feed in feeds] == [True, True, False]
    Bulletin.objects.update(place=place.province)
    assert [named(feed) for feed in feeds] == [True, True, True], "a bulletin for a province is heard in each commune"
    assert named(f"/ban-tin/?noi={place.other.pk}") and client.get("/ban-tin/?noi=999999").status_code == 404


def test_the_pages_of_the_places_lead_to_their_bulletins_only_where_there_are_any(place: SimpleNamespace, on_air: Bulletin, client: Client):
    def leads(address: str, unit: object) -> bool:
        return f"/ban-tin/?noi={unit.pk}" in client.get(address).content.decode()

    assert leads("/tinh/lao-cai/", place.province) and leads("/xa/xa-ta-phin-03013/", place.commune)
    assert not leads("/xa/xa-ban-ho-03014/", place.other)


def test_the_sitemap_names_a_bulletin_while_it_may_be_heard(place: SimpleNamespace, on_air: Bulletin, client: Client):
    def named() -> bool:
        return f"/en/ban-tin/{on_air.pk}/" in client.get("/sitemap-ban-tin.xml").content.decode()

    assert named() and "/sitemap-ban-tin.xml" in client.get("/sitemap.xml").content.decode()
    place.song.unpublish(log_action=False)
    assert not named()


def test_a_scheduled_bulletin_is_heard_from_its_hour_on(place: SimpleNamespace, built: Bulletin, client: Client):
    publish.schedule(built, timezone.now() + timedelta(hours=2), user=place.user)
    assert built.state == BulletinState.SCHEDULED and not publish.publish_due()
    assert client.get(built.get_absolute_url()).status_code == 404
    Bulletin.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert publish.publish_due() and not publish.publish_due()
    assert client.get(built.get_absolute_url()).status_code == 200


def test_taking_back_ends_it_at_once_and_lets_it_be_mended(place: SimpleNamespace, on_air: Bulletin, doors):
    publish.take_back(on_air, user=place.user)
    assert {answer for answer in doors(on_air).values() if answer} == {410}
    assert on_air.is_open and not on_air.problem


def test_the_number_of_queries_of_the_list_does_not_grow(
    place: SimpleNamespace, on_air: Bulletin, client: Client, django_assert_num_queries
):
    client.get("/ban-tin/")
    with CaptureQueriesContext(connection) as one:
        client.get("/ban-tin/")
    for number in range(4):
        copy = Bulletin.objects.get(pk=on_air.pk)
        pieces = list(copy.pieces.all())
        copy.pk, copy.title = None, f"Bản tin {number}"
        copy.save()
        for piece in pieces:
            piece.pk, piece.bulletin = None, copy
            piece.save()
    with django_assert_num_queries(len(one)):
        assert client.get("/ban-tin/").content.decode().count("<h2><a") == 5
