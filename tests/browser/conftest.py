"""A real Chromium in front of a real server on a small library; and axe, which must be red before it may be green."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from library.curation.load import load_pages
from library.frame.drawing.province_map import outlines
from library.presentation.places import unit_url
from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordMedia, RecordRelation
from library.records.models.choices import AccessLevel, Confidence
from library.vocabularies.models import AdminUnit, EthnicGroup
from media_pipeline.models import Asset, Blob
from tests.browser.installation import Installation, empty_installation
from tests.browser.waiting import MILLISECONDS, MOVES_NO_MORE, patient, until
from tests.factories import make_group, make_office, make_record, make_user
from tests.library.pages.examples import FESTIVAL, make_units, make_word
from tests.services.fixtures import note, unavailable

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEST_PRACTICE = "best-practice"  # asked of our own pages; those of the admin are Wagtail's
#: Only what is wrong leaves the page: what axe says of all that is right is longer than the page itself.
FAULTS_BY_AXE = """levels => axe.run({runOnly: levels, resultTypes: ["violations"]}).then(report => report.violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 160)}`)))"""
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root with its sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--no-pings",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",  # a page that asks elsewhere fails at once
]


FILES = {
    "image": [("img-400-jpg", "picture", "image/jpeg", 30_000), ("img-400-webp", "picture", "image/webp", 20_000)],
    "video": [("a24", "sound", "audio/ogg", 40_000), ("v144", "film", "video/mp4", 300_000), ("v480", "film", "video/mp4", 2_000_000)],
    "document": [("page-1-800-jpg", "page", "image/jpeg", 50_000), ("page-2-800-jpg", "page", "image/jpeg", 51_000)],
}
COSTUME = [{"type": "costume", "value": {"kind": "garment", "wearer": ["women"]}}]


@dataclass(frozen=True)
class Site:
    """Where the server is, and the address of each kind of page."""

    url: str
    addresses: dict[str, str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once."""
    from playwright.sync_api import expect, sync_playwright

    program = shutil.which("chromium")
    if not program:
        unavailable("chromium", "chromium is not on PATH")
    # Playwright's loop runs in this thread and Django takes it for async code: without this, every database call fails
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        note("chromium", f"used, version {browser.version}")
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In this folder one database for all tests: they only read, and making it again for each would cost more than they do."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def site(db: None) -> Iterator[Site]:
    """The server in front of the small library."""
    addresses = make_library()
    server = LiveServer("127.0.0.1")
    yield Site(server.url, addresses)
    server.stop()


@pytest.fixture
def library(site: Site) -> dict[str, str]:
    """Name → address of each kind of page."""
    return site.addresses


def reader(chromium: Any, url: str, errors: list[str], *, width: int = 360, scheme: str = "light", script: bool = True) -> Any:
    """A reader's page in a browser of its own. What goes wrong on it is put among the errors, and so is a request to elsewhere."""
    context = chromium.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        java_script_enabled=script,
        service_workers="block",  # what it shows after a while without an answer is a copy; tests/browser/offline lets it work
    )
    page = patient(context).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(f"{said.text} {said.location}") if "Content Security Policy" in said.text else None)
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith(url) else None)
    return page


@pytest.fixture
def open_page(site: Site, chromium: Any) -> Iterator[Callable[..., Any]]:
    """open_page(address, width, scheme, script) → the page as a reader has it; errors on the page fail the test."""
    pages: list[Any] = []
    errors: list[str] = []

    def opened(address: str, width: int = 360, scheme: str = "light", script: bool = True) -> Any:
        pages.append(reader(chromium, site.url, errors, width=width, scheme=scheme, script=script))
        pages[-1].goto(site.url + address)
        return pages[-1]

    yield opened
    for page in pages:
        page.context.close()
    assert not errors, errors


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An empty installation with its processes, made once for the walks of a module: each module begins from nothing."""
    with empty_installation(tmp_path_factory) as started:
        yield started


@pytest.fixture
def somebody(chromium: Any, installation: Installation) -> Iterator[Callable[..., Any]]:
    """somebody(width) → a page in a browser of its own, as of another person at another machine; ``workers``: with its service worker."""
    contexts = []

    def opened(width: int = 1440, workers: str = "block") -> Any:
        screen = {"width": width, "height": 900}
        context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=screen, service_workers=workers)
        contexts.append(patient(context))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture that an officer would upload."""
    path = tmp_path / "IMG_0001.jpg"
    Image.effect_mandelbrot((900, 600), (-2, -1.3, 1, 1.3), 60).convert("RGB").save(path, quality=85)
    return path


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """axe(page) → what is wrong with it by WCAG, one line a fault; axe(page, BEST_PRACTICE) asks for that too."""
    program = AXE.read_text(encoding="utf-8")

    def run(page: Any, *more: str) -> list[str]:
        until(page, MOVES_NO_MORE)
        if not page.evaluate("'axe' in window"):
            page.evaluate(program)
        return list(page.evaluate(FAULTS_BY_AXE, [*LEVELS, *more]))

    return run


def make_files(record: Record) -> None:
    """A picture, a film and a document on a record: rows only, for what a page shows of a file are its facts."""
    for number, (kind, files) in enumerate(FILES.items()):
        blob = Blob.objects.create(area="original", sha256=f"{number:064}", size=1, key=f"o/{kind}", mime=files[0][2])
        asset = Asset.objects.create(kind=kind, original=blob, name_as_given=kind, format=kind, state="ready", pages=2, duration_ms=14000)
        for name, role, mime, size in files:
            copy = Blob.objects.create(area="derivative", sha256=f"{size:064}", size=size, key=f"d/{kind}/{name}", mime=mime)
            facts = {"width": 400, "height": 300, "duration_ms": 14000, "average_bitrate": 24000, "verified_at": timezone.now()}
            asset.derivatives.create(name=name, role=role, recipe=kind, recipe_hash=kind, blob=copy, mime=mime, size_bytes=size, **facts)
        role = "page_text" if kind == "document" else "captions"
        track = asset.tracks.create(role=role, language="vi", source="machine", text_bytes=20)
        track.segments.create(order=1, page=1, start_ms=None if kind == "document" else 2000, end_ms=4000, text="Người Mông dệt lanh.")
        words = {"alt_vi": f"Tệp thử {kind}", "caption_vi": "Tệp thử", "credit": "Thư viện", "made_note": "Tệp thử"}
        RecordMedia.objects.create(record=record, asset=asset, **words)


def make_many_hits() -> None:
    """More than a page of records about one thing, among them a practice with two listings and a costume."""
    tay = [make_group("02", "Tày", "Tay")]
    practice = make_record("Nghệ thuật khèn", groups=tay)
    for place in ("Hà Giang", "Yên Bái"):
        listing = make_record(f"Nghệ thuật khèn ({place})", groups=tay)
        RecordRelation.objects.create(record=listing, kind="listing_of", target=practice)
        listing.save()
    make_record("Áo thổi khèn", record_type="costume", details=COSTUME, groups=tay)
    for number in range(24):
        make_record(f"Bài khèn thứ {number + 1}", groups=tay)


def make_library() -> dict[str, str]:
    """A small library with something of everything; returns name → address of each kind of page."""
    load_pages()
    provinces = [
        AdminUnit.objects.create(
            level="province",
            code=province.code,
            label_vi=f"Tỉnh {province.code}",
            slug=f"tinh-{province.code}",
            latitude=22.6 - number * 0.4,
            longitude=105.0 + number % 3,
        )
        for number, province in enumerate(outlines().provinces)
    ]
    units = make_units(provinces[0])
    group = make_group()
    family = {"family_vi": "Mông - Dao", "family_en": "Hmong-Mien", "branch_vi": "Mông", "branch_en": "Hmongic"}
    EthnicGroup.objects.update(population_2019=1393547, language_vi="tiếng Mông", language_en="Hmong", **family)
    group.provinces.set(provinces[:3])
    festival = make_record(
        "Lễ hội Gầu Tào",
        record_type="festival",
        details=[{"type": "festival", "value": FESTIVAL}],
        places=provinces[:2],
        summary_reviewed=False,
        confidence=Confidence.MEDIUM,
    )
    festival.texts.add(festival.texts.model(role="vernacular_title", language="hmn-Latn", text="Gâux Taox"))
    festival.dates.add(festival.dates.model(edtf="1975?", wording="khoảng năm 1975"))
    festival.people.add(festival.people.model(name="Giàng A Páo", role="officiant"))
    festival.save()
    costume = make_record("Váy lanh Mông Hoa", record_type="costume", details=COSTUME)
    costume.dates.add(costume.dates.model(edtf="1998"))
    costume.save()
    make_files(costume)
    RecordRelation.objects.create(record=costume, kind="worn_at", target=festival)
    make_many_hits()
    make_word("klaŋ¹", group=group)
    make_word("ʔo1", words="so", group=group)
    make_word("haj1", words="tay-cao-bang", group=group, country="China")
    gone = make_record("Đã gỡ")
    withdraw(gone, user=make_user("administrator", make_office("bo")), reason="xin gỡ")
    make_record("Kín", own_access=AccessLevel.STAFF)
    call_command("ensure_index")
    return {
        "home": "/",
        "groups": "/dan-toc/",
        "group": f"/dan-toc/{group.slug}/",
        "provinces": "/tinh/",
        "province": f"/tinh/{provinces[0].slug}/",
        "commune": unit_url(units["commune"]),
        "former-provinces": "/tinh-cu/",
        "former-province": unit_url(units["former"]),
        "former-district": unit_url(units["district"]),
        "records": "/tu-lieu/",
        "words": "/tu-ngu/",
        "concept": "/tu-ngu/moon/",
        "dictionary": "/tu-dien/muong-hoa-binh/",
        "calendar": "/lich-le-hoi/?thang=2027-02",
        "festival": festival.get_absolute_url(),
        "costume": costume.get_absolute_url(),
        "text": "/quyen/",
        "search": "/tim-kiem/?q=gau+tao",
        "years": "/tim-kiem/?xep=moi",
        "start": "/tim-kiem/",
        "kept": "/giu-lai/",
        "many": "/tim-kiem/?q=khen",
        "map": "/tim-kiem/?q=gau&xem=ban-do",
        "detailed": "/tim-kiem/chi-tiet/",
        "nothing": "/tim-kiem/?q=xyzxyz",
        "refused": "/tim-kiem/?q=a&khong-co=1",
        "lost": "/khong-co-trang-nay/",
        "withdrawn": gone.get_absolute_url(),
    }
