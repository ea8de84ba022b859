"""Staff change an option again: the last choice counts, whether its jobs are done, running or waiting."""

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
def staff(client: Client, django_user_model: Any, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(django_user_model.objects.create_superuser("quantri", "q@example.vn", "x"))
    return client


def choose(staff: Client, asset: Asset, **choices: Any) -> None:
    """Set staff options in the admin form."""
    assert staff.post(reverse("media_admin:edit", args=[asset.pk]), choices).status_code == 302
    asset.refresh_from_db()


def test_going_back_to_an_earlier_sound_track_brings_it_back(staff: Client, take: Take, work_off: WorkOff, clips: Clips) -> None:
    asset = take(clips("two.mka", *SECOND_TRACK), "hai tiếng.mka")
    work_off()
    first = files_of(asset)
    choose(staff, asset, audio_track=1)
    work_off()
    assert files_of(asset)["a24"] == first["a24-tay"]
    choose(staff, asset, audio_track="")
    work_off()
    assert files_of(asset) == first
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_an_option_that_is_unset_again_leaves_no_waiting_job(staff: Client, take: Take, work_off: WorkOff) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    choose(staff, asset, ocr_language="vie")
    choose(staff, asset, ocr_language="")
    assert work_off() == 0
    assert asset.jobs.get(kind="letters").state == "cancelled"
    choose(staff, asset, ocr_language="vie")
    assert asset.jobs.get(kind="letters").state == "queued"


def test_an_option_that_is_unset_while_ocr_runs_cancels_it(
    staff: Client, take: Take, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take(book("PDF"), "sách.pdf")
    work_off()
    choose(staff, asset, ocr_language="vie")

    def reading(work: Work) -> Result:
        choose(staff, asset, ocr_language="")
        return Result(ocr_texts={1: "chữ"})

    monkeypatch.setitem(STAGES, "ocr", reading)
    assert runner.run_one(["letters"])
    job = asset.jobs.get(kind="letters")
    assert (job.state, job.error_code) == ("cancelled", "")
    assert not asset.tracks.exists()
