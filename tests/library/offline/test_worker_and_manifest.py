"""The service worker as it is sent, and what an installed library is called, looks like and begins with."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from library.frame.drawing.app_icon import SIZES, icon, icon_name
from library.frame.styles import MARK
from library.offline.worker import FILES, worker
from tests.library.pages.examples import text

pytestmark = pytest.mark.django_db
SCRIPTS = Path(settings.BASE_DIR) / "library" / "static" / "js"


def test_the_worker_serves_the_whole_site_and_is_asked_for_each_time(client: Client):
    answer = client.get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert client.get("/sw.js", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_what_the_worker_fetches_at_its_installation_is_there(client: Client):
    constants = json.loads(worker().partition("=")[2].partition(";\n")[0])
    pages = [address for address in constants["shell"] if not address.startswith(settings.STATIC_URL)]
    assert pages == list(constants["unreachable"].values()) == ["/khong-co-mang/", "/en/khong-co-mang/"]
    assert {client.get(address).status_code for address in pages} == {200}
    assert [name for name in FILES if not finders.find(name)] == []
    assert set(constants["own"]) == {"/admin/", "/tai-khoan/", "/en/tai-khoan/"}


def test_the_page_without_a_network_is_in_both_languages_and_in_no_index(client: Client):
    for address, words in (("/khong-co-mang/", "Không có mạng"), ("/en/khong-co-mang/", "No network")):
        page = text(client.get(address))
        assert f"<h1>{words}</h1>" in page and "noindex" in page and "data-kept-list" in page


@pytest.mark.parametrize(("prefix", "language", "name"), [("", "vi", "Thư viện số"), ("/en", "en", "Digital library")])
def test_the_library_can_be_installed_in_the_language_of_the_page(client: Client, prefix: str, language: str, name: str):
    assert f'<link rel="manifest" href="{prefix}/manifest.webmanifest">' in text(client.get(f"{prefix}/"))
    answer = client.get(f"{prefix}/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["lang"], manifest["short_name"], manifest["start_url"]) == (language, name, f"{prefix}/")
    assert (manifest["id"], manifest["scope"], manifest["theme_color"]) == ("/", "/", "#212f57")
    assert {each["purpose"] for each in manifest["icons"]} == {"any", "maskable"}
    for each in manifest["icons"]:
        with Image.open(finders.find(each["src"].removeprefix(settings.STATIC_URL))) as picture:
            assert f"{picture.width}x{picture.height}" == each["sizes"]
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_the_committed_icons_are_what_the_sources_give(size: int):
    with Image.open(MARK.with_name(icon_name(size))) as committed, Image.open(BytesIO(icon(size))) as drawn:
        assert committed.convert("RGB").tobytes() == drawn.convert("RGB").tobytes(), "run manage.py build_assets"


def test_the_scripts_for_times_without_a_network_stay_light():
    before_the_tap = [SCRIPTS / "offline.js", SCRIPTS / "offline" / "keep.js", SCRIPTS / "offline" / "copies.js"]
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in before_the_tap) < 5_000
    assert len(gzip.compress(worker().encode(), 9)) < 3_500
