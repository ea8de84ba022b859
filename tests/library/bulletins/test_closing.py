"""A record is in a bulletin while it is public and people agree; whatever ends that closes the bulletin at every door at once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from library.bulletins.actions import publish
from library.bulletins.actions.close import close_all_stale
from library.bulletins.models import Bulletin, BulletinState
from library.records.access.consents import consent_holds, may_be_broadcast
from library.records.actions.consents import record_consent, withdraw_consent
from library.records.actions.withdraw import withdraw
from library.records.models import ContactConsent, Record, RecordMedia
from media_pipeline.models import Asset
from media_pipeline.storage import main_storage
from tests.factories import make_office, make_record, make_user

from .conftest import add_sound, work

pytestmark = pytest.mark.django_db
BROADCAST = ContactConsent.Use.BROADCAST


def _consent(use: str = BROADCAST, **fields: object) -> ContactConsent:
    told = {"given_by": "Bà Vàng Thị Mai", "given_how": "spoken", "given_on": timezone.localdate(), "evidence": "Băng số 3"}
    return ContactConsent(use=use, **{**told, **fields})


def _open(answers: dict) -> bool:
    """Whether every door is open; raises where one disagrees with the others."""
    states = {answer in {200, True} for answer in answers.values()}
    assert len(states) == 1, answers
    return states.pop()


def _gone(answers: dict) -> bool:
    return not _open(answers) and {answer for answer in answers.values() if answer is not False} == {410}


def _withdraw(place: SimpleNamespace) -> None:
    withdraw(place.song, user=make_user("administrator", place.office), reason="Người hát xin gỡ")


def _unpublish(place: SimpleNamespace) -> None:
    place.song.unpublish(log_action=False)


def _narrow(place: SimpleNamespace) -> None:
    place.song.own_access = "staff"
    place.song.save()


def _delete(place: SimpleNamespace) -> None:
    Record.objects.get(pk=place.song.pk).delete()


def _withdraw_consent(place: SimpleNamespace) -> None:
    withdraw_consent(place.song, BROADCAST, user=place.user)


CHANGES = [_withdraw, _unpublish, _narrow, _delete, _withdraw_consent]


@pytest.mark.parametrize("change", CHANGES)
def test_what_closes_a_record_closes_the_bulletin_at_every_door_and_tells_who_made_it(
    place: SimpleNamespace, on_air: Bulletin, doors, change, mailoutbox, django_capture_on_commit_callbacks
):
    assert _open(doors(on_air))
    with django_capture_on_commit_callbacks(execute=True):
        change(place)
    assert _gone(doors(on_air))
    on_air.refresh_from_db()
    assert on_air.state == BulletinState.CLOSED and on_air.problem
    letters = [mail for mail in mailoutbox if on_air.title in mail.subject]
    assert [mail.to for mail in letters] == [[place.user.email]] and reverse("bulletins:one", args=[on_air.pk]) in letters[0].body


@pytest.mark.parametrize("change", ["own_access", "withdrawn", "voice"])
def test_a_file_that_is_closed_by_itself_is_heard_no_more_in_the_next_request(place: SimpleNamespace, on_air: Bulletin, doors, change):
    if change == "own_access":
        RecordMedia.objects.filter(asset=place.asset).update(own_access="staff")
    elif change == "withdrawn":
        Asset.objects.filter(pk=place.asset.pk).update(state=Asset.State.WITHDRAWN)
    else:
        Asset.objects.filter(pk=on_air.pieces.get(is_words=True).asset_id).update(state=Asset.State.WITHDRAWN)
    assert _gone(doors(on_air)), "no worker has looked yet"
    assert close_all_stale()
    on_air.refresh_from_db()
    assert on_air.state == BulletinState.CLOSED and not close_all_stale()


def test_a_consent_that_ends_closes_the_bulletin_by_itself(place: SimpleNamespace, written: Bulletin, doors):
    ContactConsent.objects.update(until=timezone.localdate())
    publish.build(written, user=place.user)
    work()
    publish.schedule(written, None, user=place.user)
    assert _open(doors(written))
    ContactConsent.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert _gone(doors(written))


def test_withdrawing_the_consent_closes_and_a_new_one_lets_it_be_built_again(place: SimpleNamespace, written: Bulletin, doors):
    publish.build(written, user=place.user)
    work()
    publish.schedule(written, None, user=place.user)
    withdraw_consent(place.song, BROADCAST, user=place.user)
    assert _gone(doors(written))
    with pytest.raises(ValidationError, match="phát loa"):
        publish.build(written, user=place.user)
    record_consent(place.song, _consent(), user=place.user)
    publish.build(written, user=place.user)
    assert _gone(doors(written)), "it was public once, and is not again yet"
    work()
    publish.schedule(written, None, user=place.user)
    assert _open(doors(written))


def test_a_consent_to_one_use_is_none_to_another():
    record = make_record("Hát ru")
    add_sound(record)
    officer = make_user("cataloguer", make_office())
    assert not may_be_broadcast(Record.objects.get(pk=record.pk)), "no row is a no"
    record_consent(record, _consent(ContactConsent.Use.CONTACT), user=officer)
    assert consent_holds(record) and not may_be_broadcast(Record.objects.get(pk=record.pk))
    record_consent(record, _consent(), user=officer)
    withdraw_consent(record, user=officer)
    record = Record.objects.get(pk=record.pk)
    assert may_be_broadcast(record) and not consent_holds(record)


def test_where_only_a_machine_speaks_nobody_is_asked(place: SimpleNamespace):
    record = make_record("Bài đọc")
    add_sound(record, made_note="Giọng đọc máy")
    assert may_be_broadcast(Record.objects.get(pk=record.pk))
    add_sound(record, 5.0)
    assert not may_be_broadcast(Record.objects.get(pk=record.pk)), "in the other file somebody sings"


def test_the_file_of_what_is_closed_leaves_the_storage(place: SimpleNamespace, on_air: Bulletin):
    close_all_stale()
    assert list(main_storage().walk("b/"))
    _unpublish(place)
    close_all_stale()
    on_air.refresh_from_db()
    assert not list(main_storage().walk("b/")) and not on_air.key


def test_a_bulletin_of_other_records_stays(place: SimpleNamespace, on_air: Bulletin, doors):
    other = make_record("Múa khèn", office=place.office)
    add_sound(other)
    withdraw(other, user=make_user("administrator", place.office), reason="Xin gỡ")
    assert _open(doors(on_air))


def test_a_draft_that_never_was_public_is_unknown(built: Bulletin, client):
    assert {client.get(f"/ban-tin/{built.pk}/{end}").status_code for end in ("", "ban-tin.mp3")} == {404}


def test_the_first_page_of_the_admin_names_what_closed_by_itself(place: SimpleNamespace, on_air: Bulletin, client):
    _unpublish(place)
    client.force_login(place.user)
    assert on_air.title in client.get("/admin/").content.decode()
    client.force_login(make_user("reviewer", make_office("tinh-1")))
    assert on_air.title not in client.get("/admin/").content.decode()
