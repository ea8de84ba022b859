"""The page before deleting many names no record that the person may not see."""

import pytest
from django.urls import reverse

from library.access import STAFF
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["contributor", "cataloguer"])
def test_the_question_before_deleting_many_names_no_hidden_record(client, role):
    user = make_user(role, make_office("tinh-15"))
    hidden = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access=STAFF)
    own = make_record("Nháp Wvu", published=False, created_by=user, office=user.office)
    client.force_login(user)
    address = reverse("wagtail_bulk_action", args=["records", "record", "delete"])
    for choice in (f"id={hidden.pk}&id={own.pk}", "id=all"):
        page = client.get(f"{address}?{choice}&next=/admin/").content.decode()
        assert "Wvu" in page
        assert "Zyx" not in page
