"""The administrator's right to manage accounts makes nobody mightier than the administrator."""

import pytest
from django.urls import reverse

from library.accounts.models import User
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "muong-hoa-2026x"
NEW = {"username": "moi", "email": "m@example.vn", "first_name": "a", "last_name": "b", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def admin(client):
    user = make_user("administrator", make_office())
    client.force_login(user)
    return user


def test_an_administrator_makes_accounts_but_no_superuser(client, admin):
    assert client.post(reverse("wagtailusers_users:add"), NEW | {"is_superuser": "on"}).status_code in {302, 403}
    assert not User.objects.filter(is_superuser=True).exists()
    client.post(reverse("wagtailusers_users:add"), NEW)
    assert User.objects.filter(username="moi", is_superuser=False).exists()


def test_an_administrator_changes_no_superuser(client, admin):
    root, plain = User.objects.create_superuser("goc", "g@example.vn", "cu-cu-cu-cu-1"), make_user()
    for user, extra in ((root, {}), (plain, {"is_superuser": "on"})):
        client.post(reverse("wagtailusers_users:edit", args=[user.pk]), NEW | {"username": user.username, "is_active": "on"} | extra)
    client.post(reverse("wagtailusers_users:delete", args=[root.pk]))
    client.post(reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?id={root.pk}&next=/admin/")
    assert User.objects.get(pk=root.pk).check_password("cu-cu-cu-cu-1")
    assert list(User.objects.filter(is_superuser=True)) == [root]
