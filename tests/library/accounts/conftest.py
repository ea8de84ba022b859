"""Two provinces under the ministry, a commune under one of them, and an administrator of that province."""

from types import SimpleNamespace

import pytest

from library.accounts.models import Office, User
from tests.factories import make_office, make_user


@pytest.fixture
def province(db: None) -> Office:
    return make_office("tinh-15")


@pytest.fixture
def commune(province: Office) -> Office:
    return Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=province)


@pytest.fixture
def administrator(province: Office) -> User:
    return make_user("administrator", province, first_name="Lan", last_name="Vàng")


@pytest.fixture
def foreign(province: Office, db: None) -> SimpleNamespace:
    """People whom the administrator of tinh-15 must not touch, by the reason."""
    mightier = make_user("cataloguer", province)
    mightier.user_permissions.add(_any_other_permission())
    return SimpleNamespace(
        other_province=make_user("reviewer", make_office("tinh-25"), first_name="Người", last_name="Khác"),
        wider_office=make_user("administrator", make_office("bo")),
        superuser=User.objects.create_superuser("goc", "goc@example.vn", "secret-secret", office=province),
        no_office=make_user("cataloguer"),
        mightier=mightier,
    )


def _any_other_permission():
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename="change_group")
