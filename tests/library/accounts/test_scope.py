"""An administrator stays inside the own subtree, at every address where people, offices and communities can be seen or changed."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from library.accounts.actions.deactivate import deactivate, reactivate
from library.accounts.actions.invite import invite
from library.accounts.actions.memberships import add_member
from library.accounts.actions.people import Person, change_person, create_person
from library.accounts.models import Invitation, Membership, User
from library.accounts.roles import BY_CODE, group_of
from library.accounts.scope import assignable_roles, managed_people
from tests.factories import make_community, make_office, make_user

pytestmark = pytest.mark.django_db
REASONS = ("other_province", "wider_office", "superuser", "no_office", "mightier")
PERSON = {"full_name": "Vàng Thị Lan", "username": "lan", "email": "", "role": "cataloguer"}
# Every address of one person, and what would be sent to it.
ADDRESSES = {
    "edit": PERSON | {"password1": "muong-hoa-2026x", "password2": "muong-hoa-2026x"},
    "delete": {},
    "history": {},
    "history_results": {},
    "usage": {},
    "invitation": {"paper": ""},
    "second_factor": {},
    "stop": {"reason": "x"},
    "resume": {},
}


def _state(user: User) -> tuple[object, ...]:
    user = User.objects.get(pk=user.pk)
    return user.password, user.username, user.email, user.is_active, user.office_id, user.is_superuser, user.invitations.count()


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_somebody_outside_the_scope_does_not_exist(client, administrator, foreign, reason, address):
    person, before = getattr(foreign, reason), _state(getattr(foreign, reason))
    client.force_login(administrator)
    url = reverse(f"wagtailusers_users:{address}", args=[person.pk])
    for response in (client.get(url), client.post(url, ADDRESSES[address] | {"office": administrator.office_id})):
        assert response.status_code == 404
    assert _state(person) == before


@pytest.mark.parametrize("reason", REASONS)
def test_no_list_search_report_or_table_names_somebody_outside(client, administrator, foreign, reason):
    person = getattr(foreign, reason)
    root = User.objects.create_superuser("goc-2", "", "secret-secret")
    for action in (lambda: invite(person, manager=root), lambda: deactivate(person, None, manager=root)):
        action()
    client.force_login(administrator)
    pages = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:index_results") + f"?q={person.username}",
        reverse("offices:office", args=[administrator.office_id]),
        reverse("offices:index") + f"?q={person.username}",
        "/admin/reports/site-history/",
        "/admin/reports/site-history/?export=csv",
        "/admin/reports/workflow/",
    ]
    for page in pages:
        response = client.get(page)
        text = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert response.status_code == 200
        shown = [f">{person.username}<", f"{person.username},", f"users/edit/{person.pk}/", f'value="{person.pk}">{person.username}']
        assert [words for words in shown if words in text] == [], page


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
def test_nobody_is_changed_in_bulk(client, administrator, foreign, action):
    client.force_login(administrator)
    url = reverse("wagtail_bulk_action", args=["accounts", "user", action]) + f"?id={foreign.other_province.pk}&next=/admin/"
    assert client.get(url).status_code == 404
    assert client.post(url, {"mark_as_active": "False", "role": group_of("administrator").pk}).status_code == 404
    assert User.objects.get(pk=foreign.other_province.pk).is_active


@pytest.mark.parametrize("reason", REASONS)
def test_the_actions_refuse_whatever_page_calls_them(administrator, foreign, reason):
    person, community = getattr(foreign, reason), make_community()
    community.office = administrator.office
    community.save()
    calls = [
        lambda: change_person(person, Person("Khác", office=administrator.office), manager=administrator),
        lambda: invite(person, manager=administrator),
        lambda: deactivate(person, None, manager=administrator),
        lambda: reactivate(person, manager=administrator),
        lambda: add_member(community, person, keeper=True, manager=administrator),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()
    assert not Invitation.objects.exists() and not Membership.objects.exists()


def test_no_role_or_office_is_given_beyond_the_own(administrator):
    strange = make_office("tinh-25")
    beyond = [
        Person("Lan", office=strange, role="cataloguer"),
        Person("Lan", office=make_office("bo"), role="cataloguer"),
        Person("Lan", office=None, role="cataloguer"),
        Person("Lan", office=administrator.office, is_superuser=True),
    ]
    for person in beyond:
        with pytest.raises(PermissionDenied):
            create_person(person, manager=administrator)
    assert not User.objects.filter(username="lan").exists()


def test_a_manager_who_lacks_a_right_cannot_give_a_role_that_has_it(province):
    clerk = make_user("cataloguer", province)
    clerk.user_permissions.add(Permission.objects.get(codename="change_user"), Permission.objects.get(codename="add_user"))
    clerk = User.objects.get(pk=clerk.pk)
    assert [role.code for role in assignable_roles(clerk)] == ["contributor", "cataloguer"]
    with pytest.raises(PermissionDenied):
        create_person(Person("Lan", office=province, role="reviewer"), manager=clerk)
    assert not managed_people(clerk).filter(pk=make_user("reviewer", province).pk).exists()


def test_somebody_in_a_group_of_his_own_is_left_to_superusers(administrator, province):
    special = make_user("cataloguer", province)
    special.groups.add(Group.objects.create(name="Biên tập cả nước"))
    assert special not in managed_people(administrator)


def test_an_administrator_does_not_change_the_own_role_or_office(client, administrator, commune):
    client.force_login(administrator)
    url = reverse("wagtailusers_users:edit", args=[administrator.pk])
    client.post(url, PERSON | {"username": administrator.username, "office": commune.pk, "role": "", "is_superuser": "on"})
    again = User.objects.get(pk=administrator.pk)
    assert again.office == administrator.office and again.groups.get().name == BY_CODE["administrator"].name
    assert again.last_name == "Vàng" and again.first_name == "Thị Lan" and not again.is_superuser


@pytest.mark.parametrize("address", ["office", "new", "rename", "move"])
@pytest.mark.parametrize("code", ["bo", "tinh-25"])
def test_an_office_outside_does_not_exist(client, administrator, address, code):
    client.force_login(administrator)
    url = reverse(f"offices:{address}", args=[make_office(code).pk])
    for response in (client.get(url), client.post(url, {"name_vi": "Khác", "level": "commune", "parent": administrator.office_id})):
        assert response.status_code in {404, 405}
    assert not type(administrator.office).objects.filter(name_vi="Khác").exists()


def test_the_own_office_is_not_moved_and_nothing_is_moved_outside(client, administrator, commune):
    client.force_login(administrator)
    assert client.get(reverse("offices:move", args=[administrator.office_id])).status_code == 302
    response = client.post(reverse("offices:move", args=[commune.pk]), {"parent": make_office("tinh-25").pk})
    assert response.status_code == 400
    commune.refresh_from_db()
    assert commune.parent == administrator.office


@pytest.mark.parametrize("address", ["edit", "delete", "history", "usage", "members"])
def test_a_community_of_another_province_does_not_exist(client, administrator, address):
    community = make_community()
    community.office = make_office("tinh-25")
    community.save()
    client.force_login(administrator)
    url = reverse(f"communities:{address}", args=[community.pk])
    assert client.get(url).status_code == client.post(url, {"add": "", "username": administrator.username}).status_code == 404
    assert community.name_vi not in client.get(reverse("communities:index")).content.decode()
    assert not Membership.objects.exists()


@pytest.mark.parametrize("role", ["", "contributor", "cataloguer", "reviewer"])
def test_people_and_offices_are_closed_to_every_other_role(client, province, role):
    client.force_login(make_user(role, province))
    addresses = [
        reverse("offices:index"),
        reverse("offices:office", args=[province.pk]),
        reverse("offices:new", args=[province.pk]),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("communities:index"),
        reverse("wagtailusers_users:stop", args=[make_user("contributor", province).pk]),
    ]
    assert {client.get(address).status_code for address in addresses} <= {302, 403, 404}


def test_a_superuser_manages_everybody(client, foreign):
    client.force_login(foreign.superuser)
    assert client.get(reverse("wagtailusers_users:edit", args=[foreign.wider_office.pk])).status_code == 200
    assert foreign.no_office.username in client.get(reverse("wagtailusers_users:index")).content.decode()
