"""Roles hold exactly the rights of the table, however often they are loaded."""

import pytest
from django.contrib.auth.models import Group
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images

from library.accounts import roles
from library.accounts.demo import DEMO_USERS, load_demo_users
from library.records.models import Record
from library.review.workflow import load_review_workflow
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing():
    roles.load_roles()
    before = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    roles.load_roles()
    assert {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()} == before
    assert set(before) == {role.name for role in roles.ROLES}


def test_a_right_taken_away_by_hand_comes_back():
    roles.load_roles()
    roles.group_of("reviewer").permissions.clear()
    roles.load_roles()
    assert roles.group_of("reviewer").permissions.filter(codename="publish_record").exists()


@pytest.mark.parametrize("role", [role.code for role in roles.ROLES])
def test_no_role_can_put_a_photograph_where_its_place_is_kept(role):
    user = make_user(role, make_office())
    for policy in (images, documents):
        assert not policy.user_has_any_permission(user, ["add", "change", "delete", "choose"])


def test_an_unknown_right_stops_the_load_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(roles, "ROLES", (roles.Role("x", "Vai trò lạ", ("records.fly_record",), label="x", may="x"),))
    with pytest.raises(roles.UnknownPermissionError, match="fly_record"):
        roles.load_roles()
    assert not Group.objects.filter(name="Vai trò lạ").exists()


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("cataloguer", False), ("reviewer", True), ("administrator", True)])
def test_only_reviewers_and_above_publish(role, may):
    assert make_user(role, make_office()).has_perm("records.publish_record") == may


def test_demonstration_logins_are_refused_where_the_settings_do_not_say_demo(settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        load_demo_users()


def test_demonstration_logins_keep_a_changed_password(settings):
    settings.DEMO = True
    roles.load_roles()
    for demo in DEMO_USERS:
        make_office(demo.office)
    load_demo_users()
    user = roles.group_of("reviewer").user_set.get()
    user.set_password("another-password")
    user.save()
    load_demo_users()
    user.refresh_from_db()
    assert user.check_password("another-password")


def test_records_have_one_review_that_reviewers_approve():
    roles.load_roles()
    load_review_workflow()
    load_review_workflow()
    assert Record.get_default_workflow().name == "Duyệt tư liệu"
