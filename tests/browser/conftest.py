"""A real Chromium in front of a real server on a small library; and axe, which must be red before it may be green."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from library.curation.load import load_pages
from library.drawing.province_map import outlines
from library.records.models import RecordRelation
from library.records.models.choices import AccessLevel, Confidence
from library.records.withdraw import withdraw
from library.vocabularies.models import AdminUnit, EthnicGroup
from tests.factories import make_group, make_office, make_record, make_user
from tests.services.fixtures import OUTCOMES

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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
FESTIVAL = {
    "calendar": "vn-lunar",
    "date_rule": {"calendar": "vn-lunar", "start_month": 1, "start_day": 8},
    "rule_text": {"text": "mùng 8 tháng Giêng", "lang": "vi"},
    "attendance": {"rule": "everyone"},
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
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if not program:
        OUTCOMES["chromium"] = "NOT AVAILABLE: chromium is not on PATH"
        (pytest.fail if os.environ.get("REQUIRE_SERVICES") == "1" else pytest.skip)("chromium is not on PATH")
    # Playwright's loop runs in this thread and Django takes it for async code: without this, every database call fails
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        OUTCOMES["chromium"] = f"used, version {browser.version}"
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


@pytest.fixture
def open_page(site: Site, chromium: Any) -> Iterator[Callable[..., Any]]:
    """open_page(address, width, scheme, script) → the page as a reader has it; errors on the page fail the test."""
    contexts, errors = [], []

    def opened(address: str, width: int = 360, scheme: str = "light", script: bool = True) -> Any:
        context = chromium.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 740},
            color_scheme=scheme,
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("request", lambda request: errors.append(request.url) if not request.url.startswith(site.url) else None)
        page.goto(site.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """axe(page) → what is wrong with it, one line a fault."""

    def run(page: Any) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
        return [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]

    return run


def make_library() -> dict[str, str]:
    """A small library with something of everything; returns name → address of each kind of page."""
    load_pages()
    provinces = [
        AdminUnit.objects.create(level="province", code=each.code, label_vi=f"Tỉnh {each.code}", slug=f"tinh-{each.code}")
        for each in outlines().provinces
    ]
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
    RecordRelation.objects.create(record=costume, kind="worn_at", target=festival)
    gone = make_record("Đã gỡ")
    withdraw(gone, user=make_user("administrator", make_office("bo")), reason="xin gỡ")
    make_record("Kín", own_access=AccessLevel.STAFF)
    return {
        "home": "/",
        "groups": "/dan-toc/",
        "group": f"/dan-toc/{group.slug}/",
        "provinces": "/tinh/",
        "province": f"/tinh/{provinces[0].slug}/",
        "records": "/tu-lieu/",
        "calendar": "/lich-le-hoi/?thang=2027-02",
        "festival": festival.get_absolute_url(),
        "costume": costume.get_absolute_url(),
        "text": "/quyen/",
        "lost": "/khong-co-trang-nay/",
        "withdrawn": gone.get_absolute_url(),
    }
