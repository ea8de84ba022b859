"""A contributor cannot reach a foreign file or title by naming its key in an own draft."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.blocks import ListBlock, MultipleChoiceBlock, StructBlock
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from library.access import STAFF
from library.accounts.models import User
from library.records.access.files import readable
from library.records.models import Record, RecordMedia
from library.records.profiles import profile
from library.records.profiles.blocks import struct_block
from library.records.profiles.values import stored_values
from media_pipeline.intake.ingest import ingest
from tests.factories import make_office, make_record, make_term, make_user

from .form.test_form import _form

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


def _blank(block):
    """What a browser sends for a block that nobody filled in."""
    if isinstance(block, ListBlock):
        return {"count": "0"}
    if isinstance(block, StructBlock):  # boxes that nobody ticked send nothing
        return {key: _blank(part) for key, part in block.child_blocks.items() if not isinstance(part, MultipleChoiceBlock)}
    return ""


def _details(record, **values):
    own = profile(record.record_type)
    return streamfield([(own.block_name, _blank(struct_block(own)) | values)])


def _send_details(client, record, **values):
    return _send(client, record, details=_details(record, **values))


@pytest.fixture
def song(client, draft):
    return make_record("Bài hát", published=False, record_type="performance", created_by=draft.created_by, office=draft.office)


def _list(*values):
    items = [{"deleted": "", "order": str(at), "type": "item", "value": str(value), "id": ""} for at, value in enumerate(values)]
    return {"count": str(len(items)), **dict(enumerate(items))}


def _open(title, record_type):
    """A record that everybody may see, without all that its profile asks of a publication."""
    record = make_record(title, record_type=record_type, published=False)
    Record.objects.filter(pk=record.pk).update(live=True)
    return record


def _stored_details(record):
    record.refresh_from_db()
    return stored_values(profile(record.record_type), record.get_latest_revision_as_object().details)


def test_a_field_of_the_profile_takes_no_record_that_the_person_may_not_see(client, song):
    office = make_office("tinh-1")
    hidden = make_record("Lễ kín Zyx", record_type="performance", published=False, office=office)
    secret = make_record("Khèn Zyx", record_type="product", published=False, office=office)
    visible = _open("Đàn tính", "product")
    answer = _send_details(client, song, variant_of=hidden.pk, instruments=_list(secret.pk, visible.pk))
    assert answer.status_code == 302, answer.context["form"].errors
    details = _stored_details(song)
    assert (details.get("variant_of"), details["instruments"]) == (None, [visible.pk])
    assert "Zyx" not in client.get(reverse("wagtailsnippets_records_record:edit", args=[song.pk])).content.decode()


def test_a_refused_form_does_not_show_the_title_behind_a_guessed_key(client, song):
    hidden = make_record("Lễ kín Zyx", record_type="performance", published=False, office=make_office("tinh-1"))
    answer = _send(client, song, details=_details(song, variant_of=hidden.pk), own_access="no such level")
    assert answer.status_code == 400
    assert "Zyx" not in answer.content.decode()


def test_a_field_keeps_a_record_that_was_closed_later(client, song):
    earlier = _open("Bản cũ", "performance")
    assert _send_details(client, song, variant_of=earlier.pk).status_code == 302
    Record.objects.filter(pk=earlier.pk).update(live=False)
    assert _send_details(client, song, variant_of=earlier.pk).status_code == 302
    assert _stored_details(song)["variant_of"] == earlier.pk


def test_a_field_of_the_profile_takes_no_file_of_another_office(client, draft):
    know_how = make_record("Cách nấu", published=False, record_type="knowledge", created_by=draft.created_by, office=draft.office)
    foreign, own = _asset(3), _asset(4, draft.created_by)
    RecordMedia.objects.create(record=make_record(office=make_office("tinh-1"), own_access=STAFF), asset=foreign)
    steps = [{"text": {"lang": "vi", "text": "Ủ men"}, "media": str(asset.pk)} for asset in (foreign, own)]
    items = [{"deleted": "", "order": str(at), "type": "item", "value": step, "id": ""} for at, step in enumerate(steps)]
    answer = _send_details(client, know_how, steps={"count": "2", **dict(enumerate(items))})
    assert answer.status_code == 302, answer.context["form"].errors
    assert [step.get("media") for step in _stored_details(know_how)["steps"]] == [None, own.pk]


def test_a_file_of_another_office_cannot_be_put_into_an_own_draft(client, draft):
    foreign = _asset(1)
    RecordMedia.objects.create(record=make_record(office=make_office("tinh-1"), own_access=STAFF), asset=foreign)
    assert _send(client, draft, media=_row(asset=foreign.pk)).status_code == 400
    assert not readable(User.objects.get(pk=draft.created_by_id), foreign, {"w300-jpeg"})


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


def test_the_empty_rows_that_a_browser_copies_offer_only_what_may_be_linked(client, draft):
    hidden, foreign = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access=STAFF), _asset(5)
    own = _asset(6, draft.created_by)
    form = client.get(reverse("wagtailsnippets_records_record:edit", args=[draft.pk])).context["form"]
    offered = {rows: form.formsets[rows].empty_form.fields[field].queryset for rows, field in (("media", "asset"), ("relations", "target"))}
    assert own in offered["media"] and foreign not in offered["media"]
    assert draft in offered["relations"] and hidden not in offered["relations"]
