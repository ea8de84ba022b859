"""The cue editor in a real browser: heard, split, joined, retimed, with another language beside it, and saved."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from media_pipeline.models import Asset, Blob, TextTrack
from tests.factories import make_office, make_user

from .staff_screens import sign_in

CUES = ((0, 4_000, "Ngày xửa ngày xưa"), (4_000, 8_000, "có con rồng <xuống> suối"), (9_000, 12_000, "uống nước"))


@pytest.fixture
def track(site: Any) -> TextTrack:
    """A Vietnamese transcript with an English translation of its second cue."""
    blob = Blob.objects.create(area="original", sha256=uuid4().hex * 2, size=1, key=f"o/{uuid4()}", mime="audio/wav")
    office = make_office("tinh-15")
    officer = make_user("cataloguer", office)
    asset = Asset.objects.create(
        kind="audio", original=blob, name_as_given="ke.wav", format="wav", state="ready", duration_ms=12_000, uploaded_by=officer
    )
    vietnamese = asset.tracks.create(role="transcript", language="vi", source="human")
    for order, (start, end, text) in enumerate(CUES):
        vietnamese.segments.create(order=order, start_ms=start, end_ms=end, text=text)
    english = asset.tracks.create(role="translation", language="en", source="human")
    english.segments.create(order=0, start_ms=4_000, end_ms=8_000, text="a dragon went down to the stream")
    return vietnamese


def _words(track: TextTrack) -> list[tuple[int, int, str]]:
    return list(track.segments.order_by("order").values_list("start_ms", "end_ms", "text"))


def test_cues_are_corrected_row_by_row(open_page: Callable[..., Any], site: Any, track: TextTrack):
    page = open_page("/", width=1440)
    sign_in(page, site.url, track.asset.uploaded_by.username, "secret-secret")
    page.goto(f"{site.url}/admin/media/words/{track.pk}/")
    rows = page.locator(".cues > li")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("a dragon went down")
    expect(rows.nth(0)).not_to_contain_text("a dragon")
    second = rows.nth(1).locator("textarea")
    second.evaluate("field => { field.focus(); field.setSelectionRange(11, 11); }")
    page.keyboard.press("Control+Enter")
    expect(rows.nth(1).locator("textarea")).to_have_value("có con rồng")
    expect(rows.nth(2).locator("textarea")).to_have_value("&lt;xuống&gt; suối")
    expect(rows.nth(2)).to_contain_text("a dragon")
    rows.nth(2).get_by_role("button", name="Gộp với đoạn sau").click()
    expect(rows).to_have_count(3)
    rows.nth(0).locator("input").nth(1).fill("0:03,5")
    rows.nth(0).locator("input").nth(1).press("Tab")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).click()
    saved = _words(track)
    assert saved[0] == (0, 3_500, "Ngày xửa ngày xưa")
    assert (saved[1][0], saved[1][2]) == (4_000, "có con rồng")
    assert saved[2] == (saved[1][1], 12_000, "<xuống> suối uống nước")


def test_a_wrong_time_is_marked_and_not_taken(open_page: Callable[..., Any], site: Any, track: TextTrack):
    page = open_page("/", width=1440)
    sign_in(page, site.url, track.asset.uploaded_by.username, "secret-secret")
    page.goto(f"{site.url}/admin/media/words/{track.pk}/")
    start = page.locator(".cues > li").nth(1).locator("input").nth(0)
    start.fill("bốn giây")
    start.press("Tab")
    expect(start).to_have_attribute("aria-invalid", "true")
    assert "00:00:04.000 -->" in page.locator("#words").input_value()
