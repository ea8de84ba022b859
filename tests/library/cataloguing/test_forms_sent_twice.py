"""A form that is older than the record stores no row twice: sent twice, or sent while the browser was saving it by itself."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.records.models import Record
from media_pipeline.models import Asset, Blob
from tests.factories import make_community, make_office, make_record, make_term, make_user

from .form.test_form import INLINES, _form

pytestmark = pytest.mark.django_db


def _asset_of(user: Any) -> Asset:
    blob = Blob.objects.create(area="original", sha256="1" * 64, size=1, key="o/1", mime="image/jpeg")
    return Asset.objects.create(kind="image", original=blob, name_as_given="x.jpg", format="jpeg", state="ready", uploaded_by=user)


def _rows(user: Any, record: Record) -> dict[str, list[dict[str, Any]]]:
    """One row of every kind that a cataloguer may add."""
    notice = make_term("local_contexts_labels", "open-to-collaborate")
    notice.extra = {"kind": "notice"}
    notice.save()
    plain = dict.fromkeys(("alt_vi", "alt_en", "caption_vi", "caption_en", "credit", "made_note", "rights"), "")
    return {
        "texts": [{"role": "note", "language": "vi", "text": "ghi chú"}],
        "dates": [{"edtf": "1975", "calendar": "", "wording": "năm 1975"}],
        "people": [{"person": "", "name": "Giàng A Páo", "role": "singer"}],
        "media": [{**plain, "asset": _asset_of(user).pk, "own_access": "public"}],
        "sources": [{"source": "", "citation": "Sổ tay của xã", "page": "3", "accessed": "05/03/2026"}],
        "relations": [{"kind": "part_of", "target": make_record("Hội lớn", office=record.office).pk}],
        "labels": [{"label": notice.pk, "community": "", "link": ""}],
    }


@pytest.fixture
def edit(client):
    """(the draft, the address of its form, the form of the draft with one new row of every kind)."""
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    user = make_user("reviewer", make_office(), communities=(make_community(),))
    client.force_login(user)
    record = make_record(office=user.office, created_by=user, published=False)
    record.sources.all().delete()
    rows = {name: inline_formset(values) for name, values in _rows(user, record).items()}
    return record, reverse("wagtailsnippets_records_record:edit", args=[record.pk]), _form("Hội mới", **rows)


def _stored(record: Record) -> dict[str, int]:
    latest = record.latest_revision.as_object()
    return {name: getattr(latest, name).count() for name in INLINES}


@pytest.mark.parametrize("first", [{}, {"headers": {"accept": "application/json"}}], ids=["by the person", "by the browser itself"])
def test_a_form_that_is_sent_again_without_the_keys_of_its_new_rows_stores_each_row_once(client, edit, first):
    record, address, form = edit
    for request in (first, {}):
        answer = client.post(address, form, **request)
        assert answer.status_code in (200, 302), answer.context["form"].formsets
    record.refresh_from_db()
    assert _stored(record) == dict.fromkeys(INLINES, 1)
    assert {name: getattr(Record.objects.get(pk=record.pk), name).count() for name in INLINES} == dict.fromkeys(INLINES, 1)


def test_two_equal_rows_of_one_form_are_two(client, edit):
    record, address, form = edit
    row = {"source": "", "citation": "Sổ tay của xã", "page": "", "accessed": ""}
    for _again in range(2):
        client.post(address, form | nested_form_data({"sources": inline_formset([row, row])}))
    record.refresh_from_db()
    assert _stored(record)["sources"] == 2


def test_a_row_that_the_form_knows_is_not_taken_for_its_new_twin(client, edit):
    record, address, form = edit
    row = {"source": "", "citation": "Sổ tay của xã", "page": "", "accessed": ""}
    client.post(address, form | nested_form_data({"sources": inline_formset([row])}))
    record.refresh_from_db()
    stored = record.latest_revision.as_object().sources.get()
    client.post(address, form | nested_form_data({"sources": inline_formset([row | {"id": stored.pk}, row], initial=1)}))
    record.refresh_from_db()
    assert _stored(record)["sources"] == 2
