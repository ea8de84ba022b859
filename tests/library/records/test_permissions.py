"""A right counts for the officer's own office and those below; a contributor's for own drafts. Every admin view obeys."""

import pytest
from django.urls import reverse
from wagtail.permissions import policy_registry

from library.accounts.models import Office
from library.records.models import Record
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db
VIEWS = ["edit", "delete", "history", "usage", "unpublish", "lock", "unlock", "preview_on_edit", "workflow_history"]


@pytest.fixture
def policy():
    return policy_registry.get_by_type(Record)


def test_a_reviewer_may_publish_records_of_the_own_office_only(policy):
    here, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    reviewer = make_user("reviewer", here)
    assert policy.user_has_permission_for_instance(reviewer, "publish", make_record(office=here))
    assert not policy.user_has_permission_for_instance(reviewer, "publish", make_record(office=elsewhere))


def test_the_ministry_is_above_every_office(policy):
    reviewer = make_user("reviewer", make_office("bo"))
    assert policy.user_has_permission_for_instance(reviewer, "change", make_record(office=make_office("tinh-1")))


def test_who_has_every_office_below_reads_no_list_office_by_office(policy):
    reviewer = make_user("reviewer", make_office("bo"))
    record = make_record(office=make_office("tinh-1"))
    in_charge = policy.instances_user_has_permission_for(reviewer, "change")
    assert "accounts_office" not in str(in_charge.query)
    assert list(in_charge) == [record]


def test_an_office_beside_the_ministry_is_not_below_it(policy):
    reviewer = make_user("reviewer", make_office("bo"))
    own, foreign = make_record(), make_record(office=Office.objects.create(code="vien", name_vi="Viện"))
    assert foreign not in policy.instances_user_has_permission_for(reviewer, "change")
    assert own in policy.instances_user_has_permission_for(reviewer, "change")


def test_a_contributor_works_on_own_drafts_and_on_nothing_else(policy):
    office = make_office()
    contributor = make_user("contributor", office)
    own = make_record(published=False, created_by=contributor, office=office)
    foreign = make_record(published=False, office=office)
    assert policy.user_has_permission_for_instance(contributor, "change", own)
    assert not policy.user_has_permission_for_instance(contributor, "change", foreign)
    assert not policy.user_has_permission_for_instance(contributor, "publish", own)
    assert list(policy.instances_user_has_permission_for(contributor, "change")) == [own]


def test_what_was_ever_public_is_withdrawn_and_never_deleted(policy, client):
    office = make_office()
    reviewer = make_user("reviewer", office)
    published, draft = make_record("Đã đăng", office=office), make_record("Chưa đăng", published=False, office=office)
    assert not policy.user_has_permission_for_instance(reviewer, "delete", published)
    assert policy.user_has_permission_for_instance(reviewer, "delete", draft)
    client.force_login(reviewer)
    client.post(reverse("wagtailsnippets_records_record:delete", args=[published.pk]))
    bulk = reverse("wagtail_bulk_action", args=["records", "record", "delete"])
    client.post(f"{bulk}?id={published.pk}&id={draft.pk}&next=/admin/")
    assert list(Record.objects.all()) == [published]


@pytest.mark.parametrize("view", VIEWS)
def test_no_admin_view_opens_a_record_of_another_office(client, view):
    record = make_record(office=make_office("tinh-1"))
    client.force_login(make_user("reviewer", make_office("tinh-15")))
    answer = client.get(reverse(f"wagtailsnippets_records_record:{view}", args=[record.pk]))
    assert answer.status_code in {302, 403, 404}
    assert record.title_vi not in answer.content.decode()
    if answer.status_code == 302:
        assert answer.url in {reverse("wagtailadmin_home"), reverse("wagtailsnippets_records_record:list")}


def test_the_list_shows_the_own_office_only(client):
    make_record("Hội ở đây", office=make_office("tinh-15"))
    make_record("Hội nơi khác", office=make_office("tinh-1"), published=False)
    client.force_login(make_user("cataloguer", make_office("tinh-15")))
    page = client.get(reverse("wagtailsnippets_records_record:list")).content.decode()
    assert "Hội ở đây" in page
    assert "Hội nơi khác" not in page


def test_an_anonymous_visitor_is_sent_to_the_login(client):
    record = make_record()
    answer = client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk]))
    assert answer.status_code == 302 and "login" in answer.url
