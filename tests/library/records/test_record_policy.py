"""The rights on records: what is asked of one record and what is asked of all of them say the same."""

import pytest

from library.accounts.models import Office
from library.records.access.permissions import has_any_right, records_with_any_right
from library.records.models import Record
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
ROLES = ("", "contributor", "cataloguer", "reviewer", "administrator")


def test_the_list_of_records_and_each_record_give_the_same_rights():
    province, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    commune = Office.objects.create(code="xa-ta-phin", name_vi="Xã Tả Phìn", level="commune", parent=province)
    offices = {"none": None, "commune": commune, "province": province, "elsewhere": elsewhere}
    people = {(role, name): make_user(role, office) for role in ROLES for name, office in offices.items()}
    for author in people.values():
        for office in (commune, province, elsewhere):
            make_record("Nháp", published=False, office=office, created_by=author)
    for office in (commune, province, elsewhere):
        make_record("Đã đăng", office=office)
    differences = []
    for name, user in people.items():
        listed = set(records_with_any_right(user).values_list("pk", flat=True))
        for record in Record.objects.select_related("office", "created_by"):
            if has_any_right(user, record) != (record.pk in listed):
                differences.append((name, record.title, record.office.code, record.created_by_id == user.pk, record.pk in listed))
    assert differences == []
