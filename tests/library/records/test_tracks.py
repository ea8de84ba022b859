"""A text track may be more restricted than its recording; delivery follows the level of the track."""

import io

import pytest
from PIL import Image

from library.records.models import RecordMedia
from media_pipeline.available_renditions import url_of
from media_pipeline.intake.ingest import ingest
from media_pipeline.models import Segment, TextTrack
from tests.factories import make_office, make_record, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("fields", "open_to_all"), [({}, True), ({"audience": "staff"}, False), ({"shown": False}, False)])
def test_delivery_follows_the_level_of_the_track(client, fields, open_to_all):
    file = io.BytesIO()
    Image.new("RGB", (300, 220)).save(file, "PNG")
    file.seek(0)
    asset = ingest(file, "anh.png")
    RecordMedia.objects.create(record=make_record(), asset=asset)
    track = TextTrack.objects.create(asset=asset, role="transcript", language="vi", source="human", **fields)
    Segment.objects.create(track=track, order=1, start_ms=0, end_ms=5, text="bí mật")
    assert (client.get(url_of(asset, track.name)).status_code == 200) is open_to_all
    client.force_login(make_user("cataloguer", make_office()))
    assert client.get(url_of(asset, track.name)).status_code == 200
