"""Which files a member of staff works with, and that the public links of the web server follow the record at once."""

import io

import pytest
from PIL import Image

from library.access import STAFF
from library.records.access.files import admin_assets
from library.records.models import RecordMedia
from media_pipeline.delivery import public_links
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset
from tests.factories import make_office, make_record, make_user


def _asset(user=None, shade: int = 0) -> Asset:
    file = io.BytesIO()
    Image.new("RGB", (300, 220), (shade, 90, 90)).save(file, "PNG")
    file.seek(0)
    return ingest(file, "anh.png", user=user)


@pytest.mark.django_db
def test_staff_work_with_their_offices_files_and_contributors_with_their_own():
    here, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    contributor, cataloguer, stranger = make_user("contributor", here), make_user("cataloguer", here), make_user("cataloguer", elsewhere)
    own = _asset(contributor, 1)
    used = _asset(None, 2)
    RecordMedia.objects.create(record=make_record(office=here), asset=used)
    assert set(admin_assets(contributor, Asset.objects.all())) == {own}
    assert set(admin_assets(cataloguer, Asset.objects.all())) == {own, used}
    assert set(admin_assets(stranger, Asset.objects.all())) == set()
    assert set(admin_assets(make_user("reviewer", make_office("bo")), Asset.objects.all())) == {own, used}


@pytest.mark.django_db(transaction=True)
def test_the_web_servers_links_go_when_a_record_closes_and_come_back_when_it_opens(settings):
    settings.MEDIA_PUB = True
    asset, record = _asset(None, 3), make_record()
    RecordMedia.objects.create(record=record, asset=asset)
    while run_one():
        pass
    public_links.refresh(asset)
    folder = public_links.folder_of(public_links.tree(), asset.uuid)
    assert list(folder.iterdir())
    record.own_access = STAFF
    record.save()
    assert not folder.exists()
    record.own_access = "public"
    record.save()
    assert list(folder.iterdir())
