"""A keeper sets and removes the labels of the own community, never those of another."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.records.models import Record, RecordLabel
from tests.factories import make_community, make_office, make_record, make_term, make_user
from tests.library.cataloguing.form.test_form import _form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("keeps", "may"), [("cua-minh", True), ("khac", False)])
@pytest.mark.parametrize("change", ["set", "remove"])
def test_a_label_is_its_own_communitys(client, keeps, may, change):
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    label = make_term("local_contexts_labels", "tkss")
    label.extra = {"kind": "label"}
    label.save()
    own, user = make_community("cua-minh"), make_user("cataloguer", make_office())
    user.membership_set.create(community=make_community(keeps), keeper=True)
    record = make_record("Hội", published=False)
    row = {"label": label.pk, "community": own.pk, "link": ""}
    if change == "remove":
        record.labels.add(RecordLabel(label=label, community=own))
        record.save()
        row |= {"id": record.labels.get().pk, "DELETE": "on"}
    rows = inline_formset([row], initial=int(change == "remove"))
    client.force_login(user)
    data = _form("Hội") | nested_form_data({"labels": rows}) | {"communities": [str(own.pk)]}
    client.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data)
    assert RecordLabel.objects.filter(record=record).count() == (1 if (change == "set") is may else 0)
    assert Record.objects.get(pk=record.pk).access_level == ("community" if (change == "set") is may else "public")


def test_nobody_sets_a_label_in_the_name_of_a_community_that_the_record_is_not_of(client):
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    label = make_term("local_contexts_labels", "tkss")
    own, user = make_community("cua-minh"), make_user("cataloguer", make_office())
    user.membership_set.create(community=own, keeper=True)
    record = make_record("Hội", published=False, communities=[make_community("khac")])
    client.force_login(user)
    rows = inline_formset([{"label": label.pk, "community": own.pk, "link": ""}])
    data = _form("Hội") | nested_form_data({"labels": rows}) | {"communities": [str(make_community("khac").pk)]}
    answer = client.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data)
    assert answer.status_code == 400
    assert "Tư liệu chưa ghi “Cộng đồng cua-minh” là cộng đồng chủ thể" in answer.content.decode()
    assert not record.labels.exists()


@pytest.mark.parametrize("belongs", [True, False])
def test_a_label_that_names_no_community_is_set_by_a_keeper_of_the_record(client, belongs):
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    own, user = make_community("cua-minh"), make_user("cataloguer", make_office())
    user.membership_set.create(community=own, keeper=True)
    record = make_record("Hội", published=False)
    rows = inline_formset([{"label": make_term("local_contexts_labels", "tkss").pk, "community": "", "link": ""}])
    data = _form("Hội") | nested_form_data({"labels": rows}) | {"communities": [str(own.pk)] if belongs else []}
    client.force_login(user)
    client.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), data)
    assert record.labels.exists() is belongs


@pytest.mark.parametrize("keeper", [False, True])
def test_the_empty_row_that_a_browser_copies_offers_only_labels_that_may_be_set(client, keeper):
    for code, kind in (("tkss", "label"), ("tkn", "notice")):
        term = make_term("local_contexts_labels", code, f"Nhãn {code}")
        term.extra = {"kind": kind}
        term.save()
    user = make_user("cataloguer", make_office())
    user.membership_set.create(community=make_community(), keeper=keeper)
    client.force_login(user)
    record = make_record("Hội", published=False)
    form = client.get(reverse("wagtailsnippets_records_record:edit", args=[record.pk])).context["form"]
    offered = {str(label) for label in form.formsets["labels"].empty_form.fields["label"].queryset}
    assert offered == ({"Nhãn tkss", "Nhãn tkn"} if keeper else {"Nhãn tkn"})
