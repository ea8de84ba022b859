"""MEDIA_DELIVERY=redirect in a real browser: pages show and play what the bucket's own address sends."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import override_settings

from media_pipeline.delivery.methods import origins_of
from media_pipeline.processes import scratch
from media_pipeline.storage.base import read_into
from media_pipeline.storage.hashing import sha256_of
from media_pipeline.storage.local import LocalStorage
from media_pipeline.storage.s3 import S3Storage
from tests.browser.conftest import Site
from tests.browser.waiting import patient, until, until_true

from .conftest import Records

Open = Callable[..., Any]
ACCOUNT = {"S3_ACCESS_KEY_ID": "testroot", "S3_SECRET_ACCESS_KEY": "testsecret-testsecret"}
NOW = "document.querySelector('.player video').currentTime"


@pytest.fixture
def bucket(records: Records, site: Site, s3_url: str) -> Iterator[str]:
    """The files of the records in a bucket, and the site as its settings would be with it; gives the bucket's origin."""
    name = f"media-{uuid.uuid4().hex[:12]}"
    local = LocalStorage(Path(site_settings.MEDIA_STORAGE))
    with override_settings(S3_ENDPOINT_URL=s3_url, **ACCOUNT):
        storage = S3Storage(name)
        storage.prepare()
        storage.allow_origin(site.url)
        for stat in local.walk("d/"):
            _copy(local, storage, stat.key)
        origins = origins_of("redirect", f"s3://{name}", s3_url, "us-east-1")
        policy = {**site_settings.CONTENT_SECURITY_POLICY, "DIRECTIVES": dict(site_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])}
        for directive in ("img-src", "media-src", "connect-src"):
            policy["DIRECTIVES"][directive] = [*policy["DIRECTIVES"][directive], *origins]
        with override_settings(MEDIA_DELIVERY="redirect", MEDIA_STORAGE=f"s3://{name}", CONTENT_SECURITY_POLICY=policy):
            yield s3_url


@pytest.fixture
def open_page(site: Site, chromium: Any) -> Iterator[Open]:
    """open_page(address) → the page; unlike elsewhere it may ask another origin, but what the policy refuses fails the test."""
    contexts, refusals = [], []

    def opened(address: str) -> Any:
        screen = {"width": 1440, "height": 900}
        context = chromium.new_context(locale="vi-VN", viewport=screen, service_workers="block")  # it would ask the bucket unseen
        contexts.append(patient(context))
        page = context.new_page()
        page.on("console", lambda message: refusals.append(message.text) if message.type == "error" else None)
        page.goto(site.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not refusals, refusals


def _copy(source: LocalStorage, target: S3Storage, key: str) -> None:
    with scratch.working_folder(scratch.INGEST) as folder:
        path = folder / "copy"
        with path.open("xb") as file:
            read_into(source, key, file)
        target.put(key, path, sha256_of(path), "application/octet-stream")


@pytest.mark.service("s3")
def test_pictures_are_shown_from_the_bucket(open_page: Open, records: Records, bucket: str):
    page = open_page(records.pictures)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    until(page, "[...document.querySelectorAll('main img')].some(img => img.naturalWidth > 0)")
    until(page, "[...document.querySelectorAll('main img')].every(img => img.loading === 'lazy' || img.naturalWidth > 0)")
    until_true(page, lambda: any(address.startswith(bucket) for address in asked), "a picture is asked of the bucket")


@pytest.mark.service("s3")
def test_a_film_plays_from_the_bucket(open_page: Open, records: Records, bucket: str):
    page = open_page(records.film)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.click('[data-rendition="v240"] summary')
    page.wait_for_selector(".player")
    page.keyboard.press("Enter")
    until(page, f"{NOW} >= 1")
    until_true(page, lambda: any(address.startswith(bucket) and "v240" in address for address in asked), "the film is asked of the bucket")


@pytest.mark.service("s3")
def test_the_wave_of_a_sound_is_read_from_the_bucket(open_page: Open, records: Records, bucket: str):
    page = open_page(records.sound)
    with page.expect_response(lambda answer: "peaks" in answer.url and answer.url.startswith(bucket)) as peaks:
        page.click("[data-rendition] summary")
    assert peaks.value.ok
    page.wait_for_selector(".timeline.has-wave")
