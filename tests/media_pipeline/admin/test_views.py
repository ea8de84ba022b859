"""The media admin: what staff see, and that refusals are clear answers, never errors."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import ModelLogEntry

from media_pipeline.models import Asset, MediaJob
from tests.media_pipeline.fixtures import picture_bytes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.media_pipeline.admin_urls")]

Take, WorkOff = Callable[..., Asset], Callable[[], int]


@pytest.fixture
def staff(client: Client, django_user_model: Any, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(django_user_model.objects.create_superuser("quantri", "q@example.vn", "x"))
    return client


def test_the_list_shows_state_bytes_and_a_picture(staff: Client, take: Take, work_off: WorkOff) -> None:
    take(picture_bytes(), "xong.jpg")
    work_off()
    take(picture_bytes((700, 400)), "đang chờ.jpg")
    take(picture_bytes()[:3000], "cụt.jpg")
    MediaJob.objects.filter(asset__name_as_given="cụt.jpg").update(state="failed", error_code="cut_short")
    Asset.objects.filter(name_as_given="cụt.jpg").update(state="failed", problem="cut_short")
    page = staff.get(reverse("media_admin:index")).content.decode()
    assert "Sẵn sàng" in page
    assert "Đang xử lý" in page
    assert "<progress" in page
    assert "Tệp bị cụt" in page
    assert "KB" in page
    assert "data-media-status" in page


def test_the_list_costs_the_same_number_of_queries_for_many(
    staff: Client, take: Take, work_off: WorkOff, django_assert_max_num_queries: Any
) -> None:
    for width in (300, 310, 320):
        take(picture_bytes((width, 200)))
    work_off()
    staff.get(reverse("media_admin:index"))
    with django_assert_max_num_queries(30):
        staff.get(reverse("media_admin:index"))


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [(b"", 422, "Tệp rỗng"), (b"<svg/>", 422, "SVG"), (b"MZ\x90", 422, "chương trình"), (b"\x00\x01", 422, "không nhận loại tệp này")],
)
def test_a_refused_upload_is_a_clear_4xx(staff: Client, data: bytes, status: int, words: str) -> None:
    answer = staff.post(reverse("media_admin:add"), {"file": SimpleUploadedFile("a.jpg", data)})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Asset.objects.exists()


def test_an_upload_takes_no_database_lock_while_it_comes(staff: Client) -> None:
    assert "default" in resolve(reverse("media_admin:add")).func._non_atomic_requests


def test_an_upload_without_a_file_is_422(staff: Client) -> None:
    answer = staff.post(reverse("media_admin:add"))
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.content.decode()


def test_an_upload_leads_to_its_page(staff: Client) -> None:
    answer = staff.post(reverse("media_admin:add"), {"file": SimpleUploadedFile("a.jpg", picture_bytes())}, follow=True)
    assert answer.status_code == 200
    assert "Đang xử lý" in answer.content.decode()
    assert Asset.objects.get().uploaded_by is not None


def test_run_again_queues_what_failed_and_is_logged(staff: Client, take: Take, work_off: WorkOff) -> None:
    asset = take(picture_bytes())
    MediaJob.objects.update(state="failed", error_code="bug", attempts=3)
    page = staff.get(reverse("media_admin:inspect", args=[asset.pk])).content.decode()
    assert "Chạy lại" in page
    staff.post(reverse("media_admin:again", args=[asset.pk]))
    job = asset.jobs.get()
    assert (job.state, job.attempts) == ("queued", 0)
    assert ModelLogEntry.objects.filter(action="media_pipeline.run_again").count() == 1
    work_off()
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY


def test_the_status_can_be_fetched_alone(staff: Client, take: Take) -> None:
    asset = take(picture_bytes())
    fragment = staff.get(reverse("media_admin:status", args=[asset.pk])).content.decode()
    assert "<progress" in fragment
    assert "<html" not in fragment


def test_a_new_poster_second_makes_the_poster_again_and_nothing_else(staff: Client, take: Take, work_off: WorkOff, film: bytes) -> None:
    asset = take(film, "phim.mp4")
    work_off()
    before = {each.name: each.blob_id for each in asset.current}
    answer = staff.post(reverse("media_admin:edit", args=[asset.pk]), {"poster_seconds": "6.5"})
    assert answer.status_code == 302
    assert work_off() == 1
    asset = Asset.objects.get(pk=asset.pk)
    after = {each.name: each.blob_id for each in asset.current}
    changed = {name for name in before if before[name] != after[name]}
    assert changed
    assert all(name.startswith("poster-") for name in changed)


def test_people_without_the_right_get_nothing(client: Client, django_user_model: Any, settings: Any, take: Take) -> None:
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    asset = take(picture_bytes())
    client.force_login(django_user_model.objects.create_user("lan", password="x"))
    for name, arguments in [("index", []), ("add", []), ("inspect", [asset.pk]), ("status", [asset.pk])]:
        assert client.get(reverse(f"media_admin:{name}", args=arguments)).status_code in {302, 403}
    assert client.post(reverse("media_admin:again", args=[asset.pk])).status_code in {302, 403}


def test_the_dialogue_lists_and_takes_files(staff: Client, take: Take) -> None:
    take(picture_bytes(), "khèn.jpg")
    dialogue = staff.get(reverse("media_chooser:choose")).json()
    assert "khèn.jpg" in dialogue["html"]
    errors = staff.get(reverse("media_chooser:choose_results"), {"q": "không có"})
    assert "khèn.jpg" not in errors.content.decode()
    created = staff.post(reverse("media_chooser:create"), {"file": SimpleUploadedFile("mới.jpg", picture_bytes((50, 50)))}).json()
    assert created["step"] == "chosen"
    refused = staff.post(reverse("media_chooser:create"), {"file": SimpleUploadedFile("x.jpg", b"<svg/>")}).json()
    assert "SVG" in refused["htmlFragment"]


def test_a_track_is_imported_corrected_beside_the_player_and_reviewed(staff: Client, take: Take, work_off: WorkOff, song: bytes) -> None:
    asset = take(song, "bài hát.wav")
    work_off()
    bad = {"role": "transcript", "language": "vi", "file": SimpleUploadedFile("a.srt", b"1\n00:00:02,000 --> 00:00:01,000\nx\n")}
    answer = staff.post(reverse("media_admin:new_track", args=[asset.pk]), bad)
    assert answer.status_code == 422
    assert "Dòng 2" in answer.content.decode()
    good = {"role": "transcript", "language": "vi", "text": "một\nhai ba"}
    page = staff.post(reverse("media_admin:new_track", args=[asset.pk]), good, follow=True).content.decode()
    assert "<audio" in page
    assert "hai ba" in page
    track = asset.tracks.get()
    url = reverse("media_admin:track", args=[track.pk])
    staff.post(url, {"words": "WEBVTT\n\n00:00.000 --> 00:01.500\nmột sửa\n"})
    staff.post(reverse("media_admin:change_track", args=[track.pk]), {"seconds": "0,5"})
    assert list(track.segments.values_list("start_ms", "end_ms", "text")) == [(500, 2000, "một sửa")]
    overtaken = staff.post(url, {"words": "WEBVTT\n\n00:00.000 --> 00:01.500\ncủa tôi\n", "loaded": "2020-01-01T00:00:00+00:00"})
    assert overtaken.status_code == 409
    assert "của tôi" in overtaken.content.decode()
    assert "một sửa" in overtaken.content.decode()
    assert [segment.text for segment in track.segments.all()] == ["một sửa"]
    refused = staff.post(url, {"words": "WEBVTT\n\n00:05.000 --> 00:01.500\nsai\n"})
    assert refused.status_code == 422
    assert "sai" in refused.content.decode()
    staff.post(reverse("media_admin:change_track", args=[track.pk]), {"reviewed": "1"})
    track.refresh_from_db()
    assert track.reviewed
    assert "Đánh dấu đã soát" not in staff.get(url).content.decode()


def test_the_page_of_a_file_is_asked_for_again_as_a_whole_until_it_is_ready(staff: Client, take: Take, work_off: WorkOff) -> None:
    address = reverse("media_admin:inspect", args=[take(picture_bytes()).pk])
    waiting = staff.get(address).content.decode()
    assert "data-media-page" in waiting
    assert "thứ 1 trong hàng đợi" in waiting.partition("data-media-page")[2]
    work_off()
    ready = staff.get(address).content.decode()
    assert "data-media-page" not in ready
    assert "trong hàng đợi" not in ready


def test_the_text_of_a_page_is_corrected_beside_its_picture(staff: Client, take: Take, work_off: WorkOff) -> None:
    scan = io.BytesIO()
    Image.new("L", (600, 800), "white").save(scan, "TIFF", save_all=True, append_images=[Image.new("L", (600, 800), "grey")])
    asset = take(scan.getvalue(), "sách.tif")
    work_off()
    track = asset.tracks.create(role="ocr", source="machine", language="vi")
    track.segments.create(order=1, page=1, text="Le hoi Gau Tao")
    address = f"/admin/media/words/{track.pk}/"
    page = staff.get(address).content.decode()
    assert "Le hoi Gau Tao" in page
    assert "<title>" in page
    assert "sách.tif" in page.partition("<title>")[2].partition("</title>")[0]
    assert "page-1-600-jpg.jpg" in page
    answer = staff.post(address, {"words": "Lễ hội Gầu Tào"})
    assert answer["Location"] == f"{address}?trang=2"
    assert list(track.segments.values_list("page", "text")) == [(1, "Lễ hội Gầu Tào")]
    overtaken = staff.post(address, {"words": "của tôi", "loaded": "what the page held before"})
    assert overtaken.status_code == 409
    assert "của tôi" in overtaken.content.decode()
    assert list(track.segments.values_list("page", "text")) == [(1, "Lễ hội Gầu Tào")]
    assert staff.get(f"{address}?trang=99").status_code == 200, "a page beyond the last leads to the last"
    staff.post(f"/admin/media/words/change/{track.pk}/", {"reviewed": "1"})
    track.refresh_from_db()
    assert (track.source, track.reviewed) == ("human", True)


def test_a_job_shows_its_place_its_speed_and_its_time_left(staff: Client, take: Take, song: bytes) -> None:
    take(picture_bytes((300, 200)), "trước.jpg")
    asset = take(picture_bytes((310, 200)), "sau.jpg")
    assert "thứ 2 trong hàng đợi" in staff.get(reverse("media_admin:inspect", args=[asset.pk])).content.decode()
    recording = take(song, "bài hát.wav")
    started = timezone.now() - timedelta(minutes=2)
    recording.jobs.update(state="running", progress=0.25, attempts=1, started_at=started)
    Asset.objects.filter(pk=recording.pk).update(duration_header_ms=960_000)
    page = staff.get(reverse("media_admin:inspect", args=[recording.pk])).content.decode()
    assert "lần 1 trong 3" in page
    assert "tốc độ 2,0 lần" in page
    assert "còn khoảng 6 phút" in page
