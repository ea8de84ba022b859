"""A contributor cannot reach a foreign file or title by naming its key in an own draft."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from library.access import STAFF
from library.accounts.models import User
from library.records.media_access import may_read
from library.records.models import RecordMedia
from media_pipeline.ingest import ingest
from tests.factories import make_office, make_record, make_term, make_user

from .test_form import _form

pytestmark = pytest.mark.django_db


def _asset(shade, user=None):
    file = io.BytesIO()
    Image.new("RGB", (300, 220), (shade, 90, 90)).save(file, "PNG")
    file.seek(0)
    return ingest(file, "anh.png", user=user)


def _row(**values):
    empty = dict.fromkeys(("alt_vi", "alt_en", "caption_vi", "caption_en", "credit", "made_note", "rights"), "")
    return inline_formset([{**empty, "own_access": "public", **values}])


@pytest.fixture
def draft(client):
    office = make_office("tinh-15")
    contributor = make_user("contributor", office)
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    client.force_login(contributor)
    return make_record("Nháp", published=False, created_by=contributor, office=office)


def _send(client, draft, **rows):
    data = _form("Nháp", office=str(draft.office_id)) | nested_form_data(rows)
    return client.post(reverse("wagtailsnippets_records_record:edit", args=[draft.pk]), data)


def test_a_file_of_another_office_cannot_be_put_into_an_own_draft(client, draft):
    foreign = _asset(1)
    RecordMedia.objects.create(record=make_record(office=make_office("tinh-1"), own_access=STAFF), asset=foreign)
    assert _send(client, draft, media=_row(asset=foreign.pk)).status_code == 400
    assert not may_read(User.objects.get(pk=draft.created_by_id), foreign, "w300-jpeg")


def test_an_own_file_can(client, draft):
    own = _asset(2, draft.created_by)
    assert _send(client, draft, media=_row(asset=own.pk)).status_code == 302
    assert draft.media.get().asset == own


def test_a_hidden_record_cannot_be_linked_and_its_title_read_back(client, draft):
    hidden = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access=STAFF)
    answer = _send(client, draft, relations=inline_formset([{"kind": "describes", "target": hidden.pk}]))
    assert answer.status_code == 400
    assert "Zyx" not in answer.content.decode()
    page = client.get(reverse("wagtailsnippets_records_record:edit", args=[draft.pk])).content.decode()
    assert "Zyx" not in page
