"""The staff's screens: each office its own bulletins and places; words, voices, records, order, the hour."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.bulletins.access import bulletins_of, places_of
from library.bulletins.actions import publish, write
from library.bulletins.models import Bulletin, BulletinState
from library.records.models import ContactConsent
from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset
from media_pipeline.stages import speech
from tests.factories import make_office, make_record, make_user

from .conftest import add_sound, tone, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(place: SimpleNamespace, client: Client) -> Client:
    client.force_login(place.user)
    return client


def _at(name: str, *arguments: int | str) -> str:
    return reverse(f"bulletins:{name}", args=arguments)


def _voice(name: str = "loi.wav") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, tone(1.0).getvalue(), content_type="audio/wav")


def test_an_office_sees_and_changes_the_bulletins_of_its_own_subtree_alone(place: SimpleNamespace, written: Bulletin, client: Client):
    elsewhere, below = make_user("reviewer", make_office("tinh-1")), make_user("reviewer", make_office("xa-3013", place.office))
    ministry, reader = make_user("reviewer", make_office("bo")), make_user()
    assert [list(bulletins_of(each)) for each in (elsewhere, below, reader)] == [[], [], []]
    assert list(bulletins_of(ministry)) == [written]
    piece = written.pieces.first()
    doors = (
        _at("one", written.pk),
        _at("describe", written.pk),
        _at("words", written.pk),
        _at("words-of", written.pk, piece.pk),
        _at("records", written.pk),
        _at("sound", written.pk),
    )
    steps = (
        _at("step", written.pk, "build"),
        _at("schedule", written.pk),
        _at("piece-step", written.pk, piece.pk, "remove"),
        _at("words", written.pk),
    )
    for person, refusal in ((elsewhere, 404), (below, 404), (reader, 302)):
        client.force_login(person)
        assert {client.get(door).status_code for door in doors} == {refusal}
        assert {client.post(step, {"text": "x", "voice": "machine"}).status_code for step in steps} == {refusal}
        assert written.title not in client.get(_at("index")).content.decode()
    assert written.pieces.count() == 2
    for verb in (publish.build, publish.take_back):
        with pytest.raises(PermissionDenied):
            verb(written, user=elsewhere)
    with pytest.raises(PermissionDenied):
        write.remove(piece, user=elsewhere)
    with pytest.raises(PermissionDenied):
        write.begin(Bulletin(title="Lạ", place=place.commune), user=make_user("contributor", place.office))


def test_a_province_makes_bulletins_for_its_own_places_alone(place: SimpleNamespace, officer: Client):
    far = AdminUnit.objects.create(level="province", code="1", label_vi="Hà Nội", slug="ha-noi")
    assert set(places_of(place.user)) == {place.province, place.commune, place.other}
    assert officer.post(_at("new"), {"title": "Bản tin", "province": far.pk}).status_code == 400
    answer = officer.post(_at("new"), {"title": "Bản tin Tết", "province": place.province.pk, "commune": "ta phin"})
    bulletin = Bulletin.objects.get()
    assert answer.url == _at("one", bulletin.pk)
    assert (bulletin.place, bulletin.office, bulletin.made_by) == (place.commune, place.office, place.user)
    assert officer.post(_at("new"), {"title": "Bản tin", "province": place.province.pk, "commune": "không có"}).status_code == 400


def test_who_only_catalogues_writes_and_builds_but_does_not_publish(place: SimpleNamespace, built: Bulletin, client: Client):
    cataloguer = make_user("cataloguer", place.office)
    client.force_login(cataloguer)
    assert client.get(_at("one", built.pk)).status_code == 200
    with pytest.raises(PermissionDenied):
        publish.schedule(built, None, user=cataloguer)
    client.post(_at("schedule", built.pk), {"when": ""})
    built.refresh_from_db()
    assert built.state == BulletinState.READY


def test_words_take_a_voice_and_say_what_is_wrong_with_a_file(place: SimpleNamespace, written: Bulletin, officer: Client):
    address = _at("words", written.pk)
    page = officer.get(address)
    assert "microphone=(self)" in page["Permissions-Policy"] and ('value="machine"' in page.content.decode()) is bool(speech.binary())
    assert officer.post(address, {"text": "Mời nghe.", "voice": "person"}).status_code == 400
    picture = SimpleUploadedFile("anh.gif", b"GIF89a" + bytes(40), content_type="image/gif")
    assert officer.post(address, {"text": "Mời nghe.", "voice": "person", "file": picture}).status_code == 400
    assert officer.post(address, {"text": "", "voice": "person", "file": _voice()}).status_code == 400
    assert written.pieces.count() == 2
    assert officer.post(address, {"text": "Mời nghe.", "voice": "person", "file": _voice()}).status_code == 302
    piece = written.pieces.last()
    assert (piece.text, piece.position, piece.asset.uploaded_by) == ("Mời nghe.", 3, place.user)
    kept = piece.asset_id
    officer.post(_at("words-of", written.pk, piece.pk), {"text": "Mời bà con nghe.", "voice": "person"})
    piece.refresh_from_db()
    assert (piece.text, piece.asset_id) == ("Mời bà con nghe.", kept), "the voice stays when only the words change"


def test_without_a_machine_voice_the_form_says_so_and_takes_none(
    place: SimpleNamespace, written: Bulletin, officer: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(speech, "binary", lambda: "")
    assert "không có giọng máy" in officer.get(_at("words", written.pk)).content.decode()
    assert officer.post(_at("words", written.pk), {"text": "Mời nghe.", "voice": "machine"}).status_code == 400


def test_a_record_is_found_with_or_without_marks_and_heard_from_second_to_second(
    place: SimpleNamespace, written: Bulletin, officer: Client
):
    closed = make_record("Hát ống kín", office=place.office, own_access="staff")
    add_sound(closed)
    page = officer.get(_at("records", written.pk), {"q": "hat ong"}).content.decode()
    assert place.song.title in page and closed.title not in page
    address = _at("record", written.pk, place.song.pk)
    for wrong in ({"start_s": "0:70"}, {"start_s": "2", "end_s": "1"}, {"start_s": "một"}):
        assert officer.post(address, {"asset": place.asset.pk} | wrong).status_code == 400, wrong
    assert officer.post(address, {"asset": place.asset.pk, "start_s": "0:02", "end_s": "1:05"}).status_code == 302
    piece = written.pieces.last()
    assert (piece.record, piece.start_s, piece.end_s) == (place.song, 2, 65)
    other = Asset.objects.get(record_links__record=closed)
    assert officer.post(address, {"asset": other.pk}).status_code == 400
    assert officer.get(_at("record", written.pk, closed.pk)).status_code == 404


def test_a_record_without_the_consent_it_needs_is_named_and_cannot_be_chosen(place: SimpleNamespace, written: Bulletin, officer: Client):
    ContactConsent.objects.all().delete()
    page = officer.get(_at("records", written.pk)).content.decode()
    assert "chưa có sự đồng ý cho phát loa" in page and reverse("broadcast_consent", args=[place.song.pk]) in page
    assert _at("record", written.pk, place.song.pk) not in page
    assert officer.get(_at("record", written.pk, place.song.pk)).status_code == 404
    form = {"given_by": "Bà Mai", "given_how": "spoken", "given_on": "2026-01-02", "evidence": "Băng số 3"}
    assert officer.post(reverse("broadcast_consent", args=[place.song.pk]), form).status_code == 302
    assert officer.get(_at("record", written.pk, place.song.pk)).status_code == 200
    officer.post(reverse("withdraw_broadcast_consent", args=[place.song.pk]))
    assert officer.get(_at("record", written.pk, place.song.pk)).status_code == 404


def test_buttons_change_the_order_and_the_page_tells_the_length(place: SimpleNamespace, written: Bulletin, officer: Client):
    first, second = written.pieces.all()
    page = officer.get(_at("one", written.pk)).content.decode()
    assert "chừng <b>0:05</b>" in page and _at("piece-step", written.pk, first.pk, "up") not in page
    answer = officer.post(_at("piece-step", written.pk, second.pk, "up"))
    assert answer.url.endswith(f"#phan-{second.pk}") and list(written.pieces.all()) == [second, first]
    officer.post(_at("piece-step", written.pk, second.pk, "down"))
    assert list(written.pieces.all()) == [first, second]
    assert officer.post(_at("piece-step", written.pk, first.pk, "sideways")).status_code == 404


def test_the_screen_builds_schedules_and_takes_back(place: SimpleNamespace, written: Bulletin, officer: Client):
    officer.post(_at("step", written.pk, "build"))
    assert "data-import-progress" in officer.get(_at("one", written.pk)).content.decode()
    work()
    assert officer.get(_at("sound", written.pk)).status_code == 200
    officer.post(_at("schedule", written.pk), {"when": "ngày mai"})
    written.refresh_from_db()
    assert written.state == BulletinState.READY
    officer.post(_at("schedule", written.pk), {"when": "2099-01-02T17:30"})
    written.refresh_from_db()
    assert written.state == BulletinState.SCHEDULED and written.publish_at.year == 2099
    officer.post(_at("schedule", written.pk), {"when": ""})
    assert officer.get(_at("one", written.pk)).context["bulletin"].state == BulletinState.PUBLISHED
    officer.post(_at("step", written.pk, "take-back"))
    written.refresh_from_db()
    assert written.state == BulletinState.CLOSED and not written.problem


def test_giving_up_deletes_a_draft_and_leaves_what_was_public_closed(place: SimpleNamespace, on_air: Bulletin, officer: Client):
    officer.post(_at("step", on_air.pk, "give-up"))
    on_air.refresh_from_db()
    assert on_air.state == BulletinState.PUBLISHED, "what is on air is taken back first"
    publish.take_back(on_air, user=place.user)
    assert officer.post(_at("step", on_air.pk, "give-up")).url == _at("index")
    assert officer.get(on_air.get_absolute_url()).status_code == 410
    draft = write.begin(Bulletin(title="Nháp", place=place.commune), user=place.user)
    officer.post(_at("step", draft.pk, "give-up"))
    assert list(Bulletin.objects.all()) == [on_air]


def test_a_bulletin_has_no_more_pieces_than_the_most(place: SimpleNamespace, written: Bulletin, officer: Client, monkeypatch):
    monkeypatch.setattr(write, "MOST_PIECES", 2)
    answer = officer.post(_at("words", written.pk), {"text": "Mời nghe.", "voice": "person", "file": _voice()})
    assert answer.status_code == 400 and written.pieces.count() == 2
