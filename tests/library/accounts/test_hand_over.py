"""Stopping an account: nobody signs in with it any more, and its work has a new owner."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from library.accounts.actions.deactivate import deactivate, reactivate
from library.accounts.actions.invite import invite
from library.accounts.held_work import held_by
from library.accounts.models import Invitation, Office, User
from library.records.models import Record
from library.review.workflow import load_review_workflow
from media_pipeline.models import Asset, Blob, Upload
from search.models import SavedSearch
from tests.factories import make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(commune) -> User:
    """A cataloguer with a draft, a draft in review, a lock, an open upload and an unused file."""
    user = make_user("cataloguer", commune)
    make_record("Nháp", published=False, office=commune, created_by=user)
    sent = make_record("Gửi duyệt", published=False, office=commune, created_by=user)
    load_review_workflow()
    sent.save_revision(user=user)
    Record.get_default_workflow().start(sent, user)
    make_record("Đã đăng", office=commune, created_by=user)
    Record.objects.filter(title_vi="Đã đăng").update(locked=True, locked_by=user, locked_at=timezone.now())
    Page.objects.filter(depth=1).update(locked=True, locked_by=user, locked_at=timezone.now())
    Upload.objects.create(user=user, name="phim.mp4", declared_size=9, expires_at=timezone.now())
    blob = Blob.objects.create(area="original", sha256="a" * 64, size=1, key="o/a", mime="image/jpeg")
    Asset.objects.create(kind="image", original=blob, name_as_given="anh", format="jpeg", uploaded_by=user)
    return user


def test_work_is_counted_in_words_and_handed_over(leaver, administrator, commune):
    successor = make_user("reviewer", commune)
    assert [line.words for line in held_by([leaver.pk])[leaver.pk]] == [
        "2 bản nháp",
        "1 bản đã gửi duyệt",
        "2 tệp chưa gắn vào tư liệu",
        "2 bản đang khóa",
    ]
    deactivate(leaver, successor, manager=administrator, reason="chuyển công tác")
    assert not held_by([leaver.pk])[leaver.pk]
    assert set(Record.objects.filter(created_by=successor).values_list("title_vi", flat=True)) == {"Nháp", "Gửi duyệt"}
    assert WorkflowState.objects.get().requested_by == successor
    assert Upload.objects.get().user == Asset.objects.get().uploaded_by == successor
    assert not Record.objects.filter(locked=True).exists() and not Page.objects.filter(locked=True).exists()
    assert Record.objects.get(title_vi="Đã đăng").created_by == leaver


def test_work_is_never_left_without_an_owner(leaver, administrator):
    with pytest.raises(ValidationError):
        deactivate(leaver, None, manager=administrator)
    assert User.objects.get(pk=leaver.pk).is_active


def test_work_goes_to_somebody_who_may_do_it_in_the_own_scope(leaver, administrator, foreign, commune, province):
    museum = Office.objects.create(code="bao-tang", name_vi="Bảo tàng", level="province", parent=province)
    others = (make_user("contributor", commune), make_user("", commune), make_user("cataloguer", museum), leaver)
    for successor in (foreign.other_province, *others):
        with pytest.raises(PermissionDenied):
            deactivate(leaver, successor, manager=administrator)


def test_a_stopped_account_is_out_at_once_and_its_code_and_letters_stop(client, leaver, administrator, commune):
    saved = SavedSearch.objects.create(user=leaver, name="riêng", often="daily")
    client.force_login(leaver)
    assert client.get("/admin/").status_code == 200
    code_of = invite(leaver, manager=administrator)
    deactivate(leaver, make_user("cataloguer", commune), manager=administrator)
    assert client.get("/admin/").status_code == 302
    assert client.get(reverse("accept-invitation", args=[code_of])).status_code == 410
    assert not Invitation.objects.exists()
    assert SavedSearch.objects.get(pk=saved.pk).user == leaver
    reactivate(leaver, manager=administrator)
    assert client.login(username=leaver.username, password="secret-secret")


def test_nobody_stops_the_own_account(administrator):
    with pytest.raises(PermissionDenied):
        deactivate(administrator, None, manager=administrator)


def test_the_page_asks_for_a_successor_and_then_stops(client, leaver, administrator, commune):
    successor = make_user("cataloguer", commune)
    client.force_login(administrator)
    url = reverse("wagtailusers_users:stop", args=[leaver.pk])
    page = client.get(url).content.decode()
    assert "2 bản nháp" in page and successor.username in page
    assert client.post(url, {"reason": "x"}).status_code == 400
    assert client.post(url, {"successor": successor.pk}).status_code == 302
    assert not User.objects.get(pk=leaver.pk).is_active
    client.post(reverse("wagtailusers_users:resume", args=[leaver.pk]))
    assert User.objects.get(pk=leaver.pk).is_active


def test_an_account_that_was_used_is_never_deleted(client, administrator, commune):
    used, unused = make_user("cataloguer", commune, last_login=timezone.now()), make_user("cataloguer", commune)
    client.force_login(administrator)
    for person in (used, unused):
        client.post(reverse("wagtailusers_users:delete", args=[person.pk]))
    assert [User.objects.filter(pk=person.pk).exists() for person in (used, unused)] == [True, False]
