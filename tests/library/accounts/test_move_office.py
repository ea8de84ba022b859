"""The office tree: paths change by one action only, with rights, log and index of the whole subtree."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from library.accounts.actions.edit_office import OfficeNames, create_office, rename_office
from library.accounts.actions.move_office import move_office
from library.accounts.models import Office, OfficePathError
from library.records.access.files import viewer_of
from library.records.models import Record
from search.indexing.documents import document_of, indexable
from search.indexing.fan_out import records_about
from search.models import IndexEvent
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
COMMUNES = 3_300


def test_the_subtree_goes_along_with_rights(commune, administrator):
    province, ministry = commune.parent, make_office("bo")
    region = create_office(OfficeNames("Vùng Tây Bắc"), "province", ministry, user=administrator)
    record = make_record(office=commune, own_access="staff")
    officer = make_user("cataloguer", province)
    newcomer = make_user("cataloguer", region)
    assert not Record.objects.visible_to(viewer_of(newcomer)).filter(pk=record.pk).exists()
    move_office(province, region, user=administrator)
    commune.refresh_from_db()
    assert commune.path == "/bo/tinh-vung-tay-bac/tinh-15/xa-ta-phin/"
    for user in (officer, newcomer):
        fresh = type(user).objects.get(pk=user.pk)
        assert Record.objects.visible_to(viewer_of(fresh)).filter(pk=record.pk).exists()
    move_office(commune, ministry, user=administrator)
    assert not Record.objects.visible_to(viewer_of(type(officer).objects.get(pk=officer.pk))).filter(pk=record.pk).exists()


def test_a_move_writes_one_row_of_the_outbox_and_the_drainer_finds_the_records(commune, administrator):
    records = [make_record(f"Bản {number}", office=commune) for number in range(3)]
    region = create_office(OfficeNames("Vùng"), "province", make_office("bo"), user=administrator)
    IndexEvent.objects.all().delete()
    move_office(commune.parent, region, user=administrator)
    event = IndexEvent.objects.get()
    assert (event.kind, event.object_id) == (IndexEvent.Kind.OFFICE, commune.parent_id)
    assert records_about(event.kind, event.object_id) == [record.pk for record in records]
    tokens = [document_of(record).access_tokens for record in indexable(Record.objects.all())]
    assert len(tokens) == 3 and all("office:/bo/tinh-vung/" in own for own in tokens)


def test_a_move_costs_the_same_for_one_commune_as_for_three_thousand(administrator):
    def queries(office: Office, parent: Office) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            move_office(office, parent, user=administrator)
        return len(asked)

    ministry, small, large = make_office("bo"), make_office("tinh-1"), make_office("tinh-2")
    region = create_office(OfficeNames("Vùng"), "province", ministry, user=administrator)
    Office.objects.bulk_create(
        Office(code=f"xa-{number}", name_vi=f"Xã {number}", level="commune", parent=large, path=f"/bo/tinh-2/xa-{number}/")
        for number in range(COMMUNES)
    )
    assert queries(large, region) == queries(small, region)
    assert Office.objects.below("/bo/tinh-vung/tinh-2/").count() == COMMUNES + 1


def test_an_office_cannot_stand_below_itself_or_below_a_lower_level(commune, administrator):
    before = list(Office.objects.order_by("pk").values_list("path", flat=True))
    for office, parent in ((commune.parent, commune), (make_office("tinh-25"), commune)):
        with pytest.raises(ValidationError):
            move_office(office, parent, user=administrator)
    assert [path for path in Office.objects.order_by("pk").values_list("path", flat=True) if path != "/bo/tinh-25/"] == before


def test_a_path_that_would_not_fit_is_refused(commune, administrator):
    deep = make_office("bo")
    for _level in range(6):
        deep = create_office(OfficeNames("Vùng " + "dài " * 10), "province", deep, user=administrator)
    with pytest.raises(ValidationError):
        create_office(OfficeNames("Vùng " + "dài " * 10), "province", deep, user=administrator)


@pytest.mark.parametrize(("field", "value"), [("code", "khac"), ("path", "/khac/")])
def test_saving_never_changes_a_place_in_silence(commune, field, value):
    office = Office.objects.get(pk=commune.pk)
    setattr(office, field, value)
    with pytest.raises(OfficePathError):
        office.save()


def test_saving_another_parent_is_refused_without_a_query(commune, django_assert_num_queries):
    office, other = Office.objects.get(pk=commune.pk), make_office("tinh-25")
    office.parent = other
    with django_assert_num_queries(0), pytest.raises(OfficePathError):
        office.save()


def test_a_name_changes_without_touching_rights_or_index(commune, administrator):
    make_record(office=commune)
    IndexEvent.objects.all().delete()
    rename_office(Office.objects.get(pk=commune.pk), OfficeNames("Xã Tả Phìn mới", "Ta Phin"), user=administrator)
    commune.refresh_from_db()
    assert (commune.name_vi, commune.path) == ("Xã Tả Phìn mới", "/bo/tinh-15/xa-ta-phin/")
    assert not IndexEvent.objects.exists()


def test_two_offices_of_one_name_get_two_codes(commune, administrator):
    second = create_office(OfficeNames("Xã Tả Phìn"), "commune", make_office("tinh-25"), user=administrator)
    assert second.code == "xa-ta-phin-2"


def test_every_change_of_the_tree_is_in_the_log(commune, administrator):
    move_office(commune, make_office("tinh-25"), user=administrator)
    entry = ModelLogEntry.objects.get(action="accounts.move_office")
    assert entry.user == administrator and entry.data == {"before": "Sở tinh-15", "after": "Sở tinh-25"}
