"""The choosers answer only for what the person may see: a guessed key gives no title and no file name."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from library.access import STAFF
from library.records.models import Record, RecordMedia
from media_pipeline.admin.chooser import asset_chooser
from media_pipeline.intake.ingest import ingest
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("office", "visible"), [("tinh-15", False), ("tinh-1", True)])
def test_a_choice_is_named_to_those_who_may_see_it(client, office, visible):
    hidden = make_record("Lễ kín Zyx", office=make_office("tinh-1"), own_access=STAFF)
    file = io.BytesIO()
    Image.new("RGB", (300, 220)).save(file, "PNG")
    file.seek(0)
    asset = ingest(file, "Zyx.png")
    RecordMedia.objects.create(record=hidden, asset=asset)
    client.force_login(make_user("cataloguer", make_office(office)))
    for viewset, target in ((Record.snippet_viewset.chooser_viewset, hidden), (asset_chooser, asset)):
        one = client.get(reverse(viewset.get_url_name("chosen"), args=[target.pk]))
        many = client.get(reverse(viewset.get_url_name("chosen_multiple")), {"id": target.pk})
        assert [("Zyx" in answer.content.decode()) for answer in (one, many)] == [visible, visible]
        assert one.status_code == (200 if visible else 404)
