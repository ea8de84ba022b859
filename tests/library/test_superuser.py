"""The administrator's right to manage accounts makes nobody mightier than the administrator."""

import pytest
from django.urls import reverse

from library.accounts.models import User
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "muong-hoa-2026x"
NEW = {"username": "moi", "full_name": "Vàng Lan", "email": "m@example.vn", "role": "cataloguer", "delivery": "paper"}
NEW |= {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def admin(client):
    user = make_user("administrator", make_office())
    client.force_login(user)
    return user


def test_an_administrator_makes_accounts_but_no_superuser(client, admin):
    client.post(reverse("wagtailusers_users:add"), NEW | {"is_superuser": "on", "office": admin.office_id})
    made = User.objects.get(username="moi")
    assert not made.is_superuser and not made.has_usable_password()


def test_an_administrator_changes_no_superuser(client, admin):
    root, plain = User.objects.create_superuser("goc", "g@example.vn", "cu-cu-cu-cu-1"), make_user()
    for user, extra in ((root, {}), (plain, {"is_superuser": "on"})):
        client.post(reverse("wagtailusers_users:edit", args=[user.pk]), NEW | {"username": user.username, "is_active": "on"} | extra)
    client.post(reverse("wagtailusers_users:delete", args=[root.pk]))
    client.post(reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?id={root.pk}&next=/admin/")
    assert User.objects.get(pk=root.pk).check_password("cu-cu-cu-cu-1")
    assert list(User.objects.filter(is_superuser=True)) == [root]
