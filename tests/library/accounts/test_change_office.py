"""A person goes to another office: the drafts and reviews go along, or somebody of the old office does them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry, WorkflowState

from library.accounts.actions.hand_over import WorkChoice
from library.accounts.actions.people import Person, change_person
from library.accounts.held_work import held_by
from library.accounts.models import Office, User
from library.records.access.permissions import has_any_right
from library.records.models import Record
from library.review.workflow import load_review_workflow
from search.models import IndexEvent
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_commune(province) -> Office:
    return Office.objects.create(code="xa-y-ty", name_vi="Xã Y Tý", level="commune", parent=province)


@pytest.fixture
def mover(commune) -> User:
    """A cataloguer with a draft, a draft in review, and a published record."""
    user = make_user("cataloguer", commune, first_name="A Páo", last_name="Giàng")
    make_record("Nháp", published=False, office=commune, created_by=user)
    sent = make_record("Chờ duyệt", published=False, office=commune, created_by=user)
    load_review_workflow()
    sent.save_revision(user=user)
    Record.get_default_workflow().start(sent, user)
    make_record("Đã đăng", office=commune, created_by=user)
    return user


def move(person: User, office: Office | None, manager: User, choice: WorkChoice | None) -> None:
    change_person(person, Person(full_name="Giàng A Páo", office=office, role="cataloguer"), manager=manager, work=choice)


def offices_of_records() -> dict[str, str]:
    return dict(Record.objects.values_list("title_vi", "office__code"))


def test_drafts_and_reviews_go_along_with_every_version_that_may_be_published(mover, administrator, commune, other_commune):
    IndexEvent.objects.all().delete()
    reviewer_there = make_user("reviewer", other_commune)
    move(mover, other_commune, administrator, WorkChoice(along=True))
    assert offices_of_records() == {"Nháp": "xa-y-ty", "Chờ duyệt": "xa-y-ty", "Đã đăng": "xa-ta-phin"}
    sent = Record.objects.get(title_vi="Chờ duyệt")
    assert has_any_right(User.objects.get(pk=mover.pk), sent) and has_any_right(reviewer_there, sent)
    WorkflowState.objects.get().current_task_state.approve(user=reviewer_there)
    sent.refresh_from_db()
    assert sent.live and sent.office == other_commune
    assert ModelLogEntry.objects.filter(action="records.change_office", user=administrator).count() == 2
    assert IndexEvent.objects.filter(kind="record", object_id=sent.pk).exists()


def test_work_that_stays_has_a_new_owner_in_the_old_office(mover, administrator, commune, other_commune):
    successor = make_user("cataloguer", commune)
    move(mover, other_commune, administrator, WorkChoice(along=False, successor=successor))
    assert offices_of_records()["Nháp"] == "xa-ta-phin"
    assert set(Record.objects.filter(created_by=successor).values_list("title_vi", flat=True)) == {"Nháp", "Chờ duyệt"}
    assert WorkflowState.objects.get().requested_by == successor
    assert not held_by([mover.pk])[mover.pk]


def test_work_is_never_left_in_silence(mover, administrator, other_commune):
    for office, choice in ((other_commune, None), (other_commune, WorkChoice(along=False))):
        with pytest.raises(ValidationError):
            move(mover, office, administrator, choice)
    assert User.objects.get(pk=mover.pk).office.code == "xa-ta-phin"


def test_only_people_and_drafts_of_the_scope_are_touched(mover, administrator, foreign, other_commune):
    with pytest.raises(PermissionDenied):
        move(mover, other_commune, administrator, WorkChoice(along=False, successor=foreign.other_province))
    elsewhere = make_record("Nháp ở tỉnh khác", published=False, office=make_office("tinh-25"), created_by=mover)
    move(mover, other_commune, administrator, WorkChoice(along=True))
    elsewhere.refresh_from_db()
    assert elsewhere.office.code == "tinh-25"


def test_the_form_of_the_person_asks_on_the_same_screen(client, mover, administrator, commune, other_commune):
    successor = make_user("cataloguer", commune)
    client.force_login(administrator)
    address = reverse("wagtailusers_users:edit", args=[mover.pk])
    page = client.get(address).content.decode()
    assert "2 bản nháp, 1 bản đã gửi duyệt" in page and successor.username in page
    form = {"full_name": "Giàng A Páo", "username": mover.username, "office": other_commune.pk, "role": "cataloguer"}
    for unfinished in ({}, {"work": "stays"}):
        client.post(address, form | unfinished)
        assert User.objects.get(pk=mover.pk).office == commune
    client.post(address, form | {"work": "stays", "successor": successor.pk})
    assert User.objects.get(pk=mover.pk).office == other_commune
    assert Record.objects.get(title_vi="Nháp").created_by == successor


def test_other_changes_and_people_without_work_are_not_asked(client, mover, administrator, commune, other_commune):
    idle = make_user("cataloguer", commune)
    client.force_login(administrator)
    for person, office in ((mover, commune), (idle, other_commune)):
        address = reverse("wagtailusers_users:edit", args=[person.pk])
        assert ("mang theo" in client.get(address).content.decode().lower()) == (person == mover)
        form = {"full_name": "Tên Mới", "username": person.username, "office": office.pk, "role": "cataloguer"}
        assert client.post(address, form).status_code == 302
        assert User.objects.get(pk=person.pk).office == office


def test_an_account_that_never_had_a_name_goes_to_another_office_without_one(client, administrator, commune, other_commune):
    person = make_user("cataloguer", commune)
    client.force_login(administrator)
    form = {"full_name": "", "username": person.username, "email": "", "office": other_commune.pk, "role": "cataloguer"}
    client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
    person.refresh_from_db()
    assert person.office == other_commune and person.get_full_name() == ""
