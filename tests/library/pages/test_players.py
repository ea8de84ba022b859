"""What the page of a record hands to its players: renditions, aids, words, addresses; who may look inside a document; saving data."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.access import STAFF
from library.presentation.media.playback import first_rendition
from library.records.models import Record, RecordMedia
from media_pipeline.available_renditions import renditions_of
from media_pipeline.models import Asset, Blob
from tests.factories import make_record

from .examples import text

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "library" / "static"


def make_asset(record: Record, kind: str, files: dict[str, tuple[str, str, int]], **facts: object) -> Asset:
    """An asset with derivatives, name → role, type and bytes; rows only."""
    number = Blob.objects.count()
    original = Blob.objects.create(area="original", sha256=f"{number:064}", size=1, key=f"o/{number}", mime="image/png")
    asset = Asset.objects.create(kind=kind, original=original, name_as_given=kind, format=kind, state="ready", duration_ms=9000, **facts)
    for name, (role, mime, size) in files.items():
        width = int(numbers[0]) if (numbers := re.findall(r"-(\d{3,4})-", name)) else 320
        blob = Blob.objects.create(area="derivative", sha256=f"{size:064}", size=size, key=f"d/{number}/{name}", mime=mime)
        fields = {"width": width, "height": 200, "size_bytes": size, "verified_at": timezone.now(), "average_bitrate": 24000}
        asset.derivatives.create(name=name, role=role, recipe=kind, recipe_hash=kind, blob=blob, mime=mime, **fields)
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Tệp thử")
    return asset


def make_film(record: Record) -> Asset:
    films = {name: ("film", "video/mp4", size) for name, size in (("v144", 300), ("v240", 500), ("v480", 900))}
    sounds = {"a24": ("sound", "audio/ogg", 100), "peaks-dat": ("peaks", "application/octet-stream", 40_000)}
    sprite = {"sprite-vtt": ("sprite", "text/vtt", 1_000), "sprite-jpg": ("sprite", "image/jpeg", 54_000)}
    return make_asset(record, "video", films | sounds | sprite)


def make_track(asset: Asset, role: str, language: str, *texts: str, **fields: str) -> None:
    track = asset.tracks.create(role=role, language=language, source="human", text_bytes=9, **fields)
    for place, words in enumerate(texts):
        times = {"page": place + 1} if role == "page_text" else {"start_ms": place * 2500, "end_ms": place * 2500 + 2000}
        track.segments.create(order=place, text=words, **times)


def test_a_film_begins_with_240_lines_and_sound_with_the_lightest():
    film, sound = make_film(make_record("Phim")), make_asset(make_record("Hát"), "audio", {"a24": ("sound", "audio/ogg", 9)})
    playable = [rendition for rendition in renditions_of(film) if rendition.role in {"film", "sound"}]
    assert first_rendition(playable) == "v240"
    assert first_rendition([rendition for rendition in playable if rendition.name != "v240"]) == "v144"
    assert first_rendition(renditions_of(sound)) == "a24"
    assert first_rendition([]) == ""


def test_the_page_says_what_helps_to_play_and_what_it_weighs(client: Client):
    record = make_record("Phim hội")
    asset = make_film(record)
    make_track(asset, "captions", "vi", "Mở hội", "Tung còn")
    make_track(asset, "translation", "en", "The fair opens")
    make_track(asset, "chapters", "vi", "Sân hội")
    make_track(asset, "chapters", "en", "The yard")
    page, english = text(client.get(record.get_absolute_url())), text(client.get(f"/en{record.get_absolute_url()}"))
    assert 'data-first="v240"' in page
    assert 'data-peaks-bytes="40000"' in page and 'data-previews-bytes="55000"' in page  # the sheet is counted with its list
    assert re.findall(r'<track kind="(\w+)" [^>]*srclang="(\w+)"', page)[:2] == [("captions", "vi"), ("subtitles", "en")]
    assert "default>" not in page  # a track that shows itself is fetched before any tap
    assert 'data-t="2.5" data-e="4.5" id="t=2"' in page
    assert "Sân hội" in page and "The yard" not in page
    assert "The yard" in english and "Sân hội" not in english


def test_chapters_and_words_of_a_stricter_access_level_stay_away(client: Client):
    record = make_record("Phim hội")
    asset = make_film(record)
    make_track(asset, "chapters", "vi", "Sân hội", audience=STAFF)
    make_track(asset, "translation", "en", "The fair opens", audience=STAFF)
    page = text(client.get(record.get_absolute_url()))
    assert "Sân hội" not in page and "The fair opens" not in page and 'srclang="en"' not in page


def test_of_each_width_of_a_page_the_lighter_picture_is_offered(client: Client):
    record = make_record("Sách")
    sizes = {"800-webp": 13_000, "800-jpg": 21_000, "1600-webp": 34_000, "1600-jpg": 58_000}
    kinds = {"webp": "image/webp", "jpg": "image/jpeg"}
    make_asset(record, "document", {f"page-1-{name}": ("page", kinds[name.split("-")[1]], size) for name, size in sizes.items()}, pages=1)
    page = text(client.get(record.get_absolute_url()))
    assert re.findall(r'<summary>[^<]+<span class="soft">(\d+) KB', page) == ["13", "34"]


def test_pages_are_found_by_all_their_words_without_marks_and_only_by_whom_they_may_reach(client: Client):
    record = make_record("Sách hội")
    asset = make_asset(record, "document", {}, pages=3)
    make_track(asset, "page_text", "vi", "Lễ hội xuống đồng", "Đồng ruộng", "Hội xuân và đồng cỏ <b>")
    secret = make_asset(record, "document", {}, pages=1)
    make_track(secret, "page_text", "vi", "Hội kín ngoài đồng", audience=STAFF)
    address = reverse("search-inside", args=[record.identifier])
    answer = client.get(address, {"tim": "hoi dong"})
    assert [(page.document, page.page) for page in answer.context["pages"]] == [(1, 1), (1, 3)]
    page = text(answer)
    assert "<mark>hội</mark>" in page and "kín" not in page and "<b> " not in page
    assert f"{record.get_absolute_url()}?trang=3&amp;tim=hoi%20dong#tai-lieu-1" in page
    assert client.get(address, {"tim": "  "}).context["total"] == 0
    assert client.get(address, {"tim": "x" * 5000}).status_code == 200
    assert client.get(address, {"tim": "\x00"}).status_code == 400
    assert client.get(reverse("search-inside", args=["khong-co"]), {"tim": "hoi"}).status_code == 404


@pytest.mark.parametrize(
    ("cookie", "header", "saves"),
    [("", "", False), ("", "on", True), ("1", "", True), ("0", "on", False), ("x", "on", True)],
)
def test_the_toggle_outweighs_the_browser_and_pages_say_that_they_vary(client: Client, cookie: str, header: str, saves: bool):
    if cookie:
        client.cookies["tiet-kiem"] = cookie
    answer = client.get("/", headers={"save-data": header} if header else {})
    assert answer.wsgi_request.saves_data is saves
    assert {"Save-Data", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("back", "target"), [("/dan-toc/?a=1", "/dan-toc/?a=1"), ("https://example.org/", "/"), ("//example.org", "/"), ("", "/")]
)
def test_the_toggle_leads_back_to_the_page_and_nowhere_else(client: Client, back: str, target: str):
    answer = client.post(reverse("save-data"), {"bat": "1", "ve": back})
    assert (answer.status_code, answer["Location"], answer.cookies["tiet-kiem"].value) == (303, target, "1")
    assert client.get(reverse("save-data")).status_code == 405


def test_a_reader_who_saves_data_gets_the_smallest_pictures_and_no_poster(client: Client):
    record = make_record("Ảnh")
    pictures = {
        f"img-{width}-{kind}": ("picture", f"image/{mime}", width)
        for width in (200, 800)
        for kind, mime in (("webp", "webp"), ("jpg", "jpeg"))
    }
    make_asset(record, "image", pictures)
    client.cookies["tiet-kiem"] = "1"
    page = text(client.get(record.get_absolute_url()))
    picture = re.search(r"<picture>.*?</picture>", page, re.DOTALL)
    assert picture is not None and "img-800" not in picture[0] and "img-200-webp" in picture[0]


def test_a_browser_that_reads_av1_takes_the_lighter_film_by_itself(client: Client):
    record = make_record("Phim")
    asset = make_film(record)
    for name, size in (("av240", 200), ("av480", 950)):
        blob = Blob.objects.create(area="derivative", sha256=f"{size:064}", size=size, key=f"d/av/{name}", mime="video/mp4")
        fields = {"width": 426, "height": 240, "size_bytes": size, "verified_at": timezone.now(), "codecs": "av01.0.00M.08,mp4a.40.2"}
        asset.derivatives.create(name=name, role="film", recipe="video-av1", recipe_hash="x", blob=blob, mime="video/mp4", **fields)
    page = text(client.get(record.get_absolute_url()))
    sources = re.findall(r'<source src="[^"]*/(\w+)\.mp4" type="([^"]*)"', page)
    assert sources == [
        ("v144", "video/mp4"),
        ("av240", "video/mp4; codecs=&quot;av01.0.00M.08,mp4a.40.2&quot;"),
        ("v240", "video/mp4"),
        ("v480", "video/mp4"),
    ]
    assert "máy đọc được AV1 chỉ tải" in page


def test_another_sound_track_is_named_by_its_language(client: Client):
    record = make_record("Hát then", places=[])
    sounds = {name: ("sound", "audio/ogg", size) for size, name in enumerate(["a24", "a24-eng", "a48-eng2", "a48-track3"], start=100)}
    make_track(make_asset(record, "audio", sounds), "translation", "fr", "Chant")
    renditions = client.get(record.get_absolute_url()).context["record"].files.recordings[0].renditions
    assert [rendition.name for rendition in renditions] == [
        "Nghe",
        "Nghe (tiếng Anh)",
        "Nghe rõ hơn (tiếng Anh, đường tiếng 2)",
        "Nghe rõ hơn (đường tiếng 3)",
    ]
    assert "Bản dịch (tiếng Pháp)" in text(client.get(record.get_absolute_url()))


def _player_modules() -> list[str]:
    return [str(path.relative_to(STATIC)) for path in (STATIC / "js" / "players").rglob("*.js")]


def _packed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_scripts_stay_light_before_the_tap_and_after_it():
    assert _packed("js/players.js", "js/players/shared/addresses.js") < 2_500
    own = _player_modules()
    assert len(own) > 10 and _packed(*own) < 20_000


def test_vendored_scripts_are_those_of_the_table():
    rows = re.findall(r"\(`([^`]+)`\) \|.*\| ([0-9a-f]{64}) \|", (STATIC / "vendor" / "README.md").read_text())
    assert rows
    for name, expected in rows:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == expected


def test_modules_import_one_another_by_hashed_names_once_collected(tmp_path: Path):
    from library.frame.static_files import StaticFiles

    storage = StaticFiles(location=tmp_path, base_url="/static/")
    names = ["js/players.js", *_player_modules()]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((STATIC / name).read_bytes())
    list(storage.post_process({name: (storage, name) for name in names}))
    entry = (tmp_path / storage.hashed_files["js/players.js"]).read_text()
    imported = re.findall(r'(?:from|import\()\s*"([^"]+)"', entry)
    assert len(set(imported)) == 4
    for name in names:
        module = (tmp_path / storage.hashed_files[name]).read_text()
        imported += re.findall(r'(?:from|import\()\s*"(\.[^"]+\.js)"', module)
    assert len(set(imported)) > 10
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imported)


def test_a_page_offers_to_save_data_once_and_calls_what_can_only_be_heard_so(client: Client):
    heard, seen = make_record("Hát"), make_record("Phim hội")
    for _copy in range(2):
        make_asset(heard, "audio", {"a24": ("sound", "audio/ogg", 9)})
    make_film(seen)
    heard_page, film_page = text(client.get(heard.get_absolute_url())), text(client.get(seen.get_absolute_url()))
    assert heard_page.count('class="saving"') == film_page.count('class="saving"') == 1
    assert heard_page.count("Chọn cách nghe, nhẹ nhất ở trên") == 2 and "Chọn cách nghe, xem" not in heard_page
    assert "Chọn cách nghe, xem" in film_page


def test_the_slip_stands_before_the_media_that_follow_the_summary(client: Client):
    record = make_record("Hát then")
    make_film(record)
    page = text(client.get(record.get_absolute_url()))
    places = [page.index(mark) for mark in ('class="lede"', 'class="slip"', "data-recording=", 'id="trich-dan"')]
    assert places == sorted(places)
