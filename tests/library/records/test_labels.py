"""A keeper sets and removes the labels of the own community, never those of another."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.records.models import Record, RecordLabel
from tests.factories import make_community, make_office, make_record, make_term, make_user
from tests.library.cataloguing.test_form import _form

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
    client.post(reverse("wagtailsnippets_records_record:edit", args=[record.pk]), _form("Hội") | nested_form_data({"labels": rows}))
    assert RecordLabel.objects.filter(record=record).count() == (1 if (change == "set") is may else 0)
    assert Record.objects.get(pk=record.pk).access_level == ("community" if (change == "set") is may else "public")
