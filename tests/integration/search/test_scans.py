"""From a scanned page to a page of results: what a machine read is found, in its document, on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches

from library.records.models import RecordMedia
from media_pipeline.models import Asset
from tests.factories import make_record
from tests.media_pipeline.fixtures import *  # noqa: F403
from tests.media_pipeline.scans import *  # noqa: F403
from tests.media_pipeline.scans import ask, book

from .searching import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def whole_site(media: object, settings: Any) -> None:
    """The pipeline's fixtures, but under the pages of the library."""
    settings.ROOT_URLCONF = "library.urls"
    clear_url_caches()


@pytest.mark.usefixtures("vietnamese", "whole_site")
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_words_read_from_a_scan_are_found_on_their_page(
    site: str, client: Client, take: Callable[..., Asset], work_off: Callable[[], int], kind: str
) -> None:
    record = make_record("Sổ tay điền dã")
    asset = take(book(kind), f"sổ.{kind.lower()}")
    RecordMedia.objects.create(record=record, asset=asset, own_access="public", alt_vi="Sổ")
    record.save()
    work_off()
    drain(site)
    assert client.get("/tim-kiem/", {"q": "tieng khen goi ban"}).context["results"].total == 0
    ask(asset)
    work_off()
    drain(site)
    (hit,) = client.get("/tim-kiem/", {"q": "tieng khen goi ban"}).context["results"].hits
    (passage,) = hit.passages
    assert passage.label == "trang 2"
    page = client.get(passage.url).content.decode()
    assert "gọi bạn" in page
