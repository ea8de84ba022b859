"""The admin's pages of offices, pickers of offices and communities."""

import pytest
from django.urls import reverse

from library.accounts.admin.offices import OfficeFormPage
from library.accounts.models import Community, Membership, Office, User
from tests.factories import make_community, make_office, make_record, make_user

pytestmark = pytest.mark.django_db
COMMUNES = 3_321


@pytest.fixture
def many_communes(province) -> None:
    other = make_office("tinh-25")
    for parent, numbers in ((province, range(120)), (other, range(120, COMMUNES))):
        Office.objects.bulk_create(
            Office(code=f"xa-{number}", name_vi=f"Xã Số {number}", level="commune", parent=parent, path=f"{parent.path}xa-{number}/")
            for number in numbers
        )


def test_the_page_shows_the_way_to_the_office_and_its_people_with_what_they_hold(client, administrator, commune):
    officer = make_user("cataloguer", commune, first_name="A Páo", last_name="Giàng")
    make_record("Nháp", published=False, office=commune, created_by=officer)
    client.force_login(administrator)
    page = client.get(reverse("offices:office", args=[commune.pk])).content.decode()
    for words in ("Sở tinh-15", "Xã Tả Phìn", "Giàng A Páo", "Người biên mục", "1 bản nháp", "chưa vào"):
        assert words in page
    assert "Bộ<" not in page.split("org__root")[1].split("</nav>")[0]


def test_an_office_is_made_renamed_and_moved_by_forms(client, administrator, commune):
    client.force_login(administrator)
    client.post(reverse("offices:new", args=[administrator.office_id]), {"name_vi": "Bảo tàng tỉnh", "level": "province"})
    museum = Office.objects.get(name_vi="Bảo tàng tỉnh")
    assert museum.path == "/bo/tinh-15/tinh-bao-tang-tinh/"
    client.post(reverse("offices:rename", args=[museum.pk]), {"name_vi": "Bảo tàng Lào Cai"})
    client.post(reverse("offices:move", args=[commune.pk]), {"parent": museum.pk})
    commune.refresh_from_db()
    assert commune.parent.name_vi == "Bảo tàng Lào Cai" and commune.path == "/bo/tinh-15/tinh-bao-tang-tinh/xa-ta-phin/"
    answer = client.post(reverse("offices:move", args=[museum.pk]), {"parent": commune.pk})
    assert answer.status_code == 400


def test_the_page_asks_as_many_queries_for_three_thousand_communes_as_for_one(
    client, administrator, commune, django_assert_max_num_queries, request
):
    make_user("cataloguer", commune)
    client.force_login(administrator)
    address = reverse("offices:office", args=[commune.pk])
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    number = len(few)
    request.getfixturevalue("many_communes")
    for _person in range(20):
        make_user("cataloguer", commune)
    with django_assert_max_num_queries(number):
        client.get(address)


def test_an_office_is_found_without_marks_among_thousands_and_only_in_the_scope(client, administrator, many_communes):
    client.force_login(administrator)
    for choices in ("managed", "in_charge"):
        rows = client.get(reverse("offices:pick", args=[choices]), {"q": "xa so 11"}).json()["rows"]
        assert rows[0]["label"] == "Xã Số 11, Sở tinh-15" and len(rows) == 11
        assert client.get(reverse("offices:pick", args=[choices]), {"q": "xa so 300"}).json()["rows"] == []
    assert client.get(reverse("offices:pick", args=["all"]), {"q": "xa"}).status_code == 404


def test_no_page_lists_thousands_of_offices_in_one_field(client, many_communes):
    client.force_login(make_user("administrator", make_office("bo")))
    for address in (
        reverse("wagtailsnippets_records_record:list"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:index"),
        reverse("communities:add"),
        reverse("offices:move", args=[Office.objects.get(code="xa-1").pk]),
    ):
        page = client.get(address).content.decode()
        assert "authority-picker" in page and page.count("Xã Số") < 5, address


def test_records_are_filtered_by_an_office_of_the_own_subtree_only(client, commune, province, many_communes):
    record = make_record("Bản của xã", office=commune)
    make_record("Bản của tỉnh", office=province)
    client.force_login(make_user("cataloguer", province))
    address = reverse("wagtailsnippets_records_record:list")
    page = client.get(address, {"office": commune.pk}).content.decode()
    assert record.title_vi in page and "Bản của tỉnh" not in page
    foreign = Office.objects.get(code="xa-3000")
    assert "Bản của tỉnh" in client.get(address, {"office": foreign.pk}).content.decode()  # not a choice: the filter is refused


def test_a_community_has_members_and_keepers(client, administrator, commune):
    client.force_login(administrator)
    client.post(reverse("communities:add"), {"name_vi": "Người Mông Tả Phìn", "office": commune.pk})
    person = make_user("", commune)
    from library.accounts.models import Community

    community = Community.objects.get()
    url = reverse("communities:members", args=[community.pk])
    client.post(url, {"add": "", "username": person.username})
    row = Membership.objects.get()
    assert (row.user, row.keeper, community.slug) == (person, False, "nguoi-mong-ta-phin")
    client.post(url, {"row": row.pk, "keeper": ""})
    assert Membership.objects.get().keeper
    client.post(url, {"row": row.pk, "remove": ""})
    assert not Membership.objects.exists()
    assert client.post(url, {"add": "", "username": "khong-co"}).status_code == 400


def test_members_outside_the_scope_are_counted_and_not_named(client, administrator, foreign):
    community = make_community()
    community.office = administrator.office
    community.save()
    Membership.objects.create(user=foreign.other_province, community=community)
    client.force_login(administrator)
    page = client.get(reverse("communities:members", args=[community.pk])).content.decode()
    assert "Và 1 người ngoài phạm vi của bạn" in page and foreign.other_province.username not in page


def test_a_new_superuser_is_told_what_to_do_first(client, province):
    root = User.objects.create_superuser("goc", "", "secret-secret")
    client.force_login(root)
    page = client.get("/admin/").content.decode()
    assert "Việc đầu tiên" in page and reverse("wagtailusers_users:edit", args=[root.pk]) in page
    root.office = province
    root.save()
    make_user("cataloguer", province)
    assert "Việc đầu tiên" not in client.get("/admin/").content.decode()


def test_the_office_stands_before_the_tree_and_leads_to_it(client, administrator, commune):
    client.force_login(administrator)
    page = client.get(reverse("offices:office", args=[commune.pk])).content.decode()
    assert page.index('href="#org-tree"') < page.index('id="office-name"') < page.index('id="org-tree"')


@pytest.mark.parametrize(("number", "narrowed"), [(3, 0), (30, 2)])
def test_a_long_list_of_communities_is_narrowed_by_typing_and_complete_without_script(client, administrator, commune, number, narrowed):
    for place in range(number):
        Community.objects.create(slug=f"c{place}", name_vi=f"Cộng đồng {place}", office=administrator.office)
    client.force_login(administrator)
    page = client.get(reverse("wagtailusers_users:edit", args=[make_user("cataloguer", commune).pk])).content.decode()
    assert page.count("<filtered-list") == narrowed
    assert page.count('type="checkbox" name="communities"') == page.count('type="checkbox" name="keeper_of"') == number
    assert not narrowed or ("admin/filtered-list" in page and 'class="filtered-list__field" hidden' in page)


def test_a_form_about_an_office_without_its_methods_is_never_made():
    with pytest.raises(TypeError):
        OfficeFormPage()
