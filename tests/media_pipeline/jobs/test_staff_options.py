"""Staff change their mind: what counts is the last choice, whatever was made, is being made or waits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from media_pipeline.jobs import runner
from media_pipeline.models import Asset
from media_pipeline.stages import STAGES
from media_pipeline.stages.work import Result, Work
from tests.media_pipeline.stages.test_ocr import book
from tests.media_pipeline.stages.test_recordings import SECOND_TRACK, files_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.media_pipeline.admin_urls")]

Take, WorkOff, Clips = Callable[..., Asset], Callable[[], int], Callable[..., bytes]


@pytest.fixture
def desk(client: Client, django_user_model: Any, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(django_user_model.objects.create_superuser("quantri", "q@example.vn", "x"))
    return client


def choose(desk: Client, asset: Asset, **choices: Any) -> None:
    """As a person does on the desk."""
    assert desk.post(reverse("media_admin:edit", args=[asset.pk]), choices).status_code == 302
    asset.refresh_from_db()


def test_going_back_to_an_earlier_sound_track_brings_it_back(desk: Client, take: Take, work_off: WorkOff, clips: Clips) -> None:
    asset = take(clips("two.mka", *SECOND_TRACK), "hai tiếng.mka")
    work_off()
    first = files_of(asset)
    choose(desk, asset, audio_track=1)
    work_off()
    assert files_of(asset)["a24"] == first["a24-tay"]
    choose(desk, asset, audio_track="")
    work_off()
    assert files_of(asset) == first
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_a_wish_that_was_taken_back_leaves_nothing_that_waits(desk: Client, take: Take, work_off: WorkOff) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    choose(desk, asset, ocr_language="vie")
    choose(desk, asset, ocr_language="")
    assert work_off() == 0
    assert asset.jobs.get(kind="letters").state == "cancelled"
    choose(desk, asset, ocr_language="vie")
    assert asset.jobs.get(kind="letters").state == "queued"


def test_a_wish_that_is_taken_back_while_the_machine_reads(
    desk: Client, take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    choose(desk, asset, ocr_language="vie")

    def reading(work: Work) -> Result:
        choose(desk, asset, ocr_language="")
        return Result(read_texts={1: "chữ"})

    monkeypatch.setitem(STAGES, "letters", reading)
    assert runner.run_one(["letters"])
    job = asset.jobs.get(kind="letters")
    assert (job.state, job.error_code) == ("cancelled", "")
    assert not asset.tracks.exists()
