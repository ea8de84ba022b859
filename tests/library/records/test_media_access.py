"""Which files a person may read and work with, and that the public links of the web server follow the record at once."""

import io

import pytest
from PIL import Image

from library.access import ANONYMOUS, COMMUNITY, LEVELS, STAFF, WITHDRAWN, may_read_part, parts_visible_to
from library.accounts.models import User
from library.records.access.files import admin_assets, readable
from library.records.models import Record, RecordMedia
from media_pipeline.delivery import public_links
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.models import Asset, TextTrack
from tests.factories import make_community, make_office, make_record, make_user


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


@pytest.mark.django_db
@pytest.mark.parametrize("was_linked", [False, True])
def test_a_file_that_no_record_uses_is_its_uploaders_and_the_uploaders_offices_alone(was_linked):
    """Also one that was taken off a record that is not open to all."""
    here, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    contributor = make_user("contributor", here)
    asset = _asset(contributor, 4)
    if was_linked:
        RecordMedia.objects.create(record=make_record(office=here, own_access=STAFF), asset=asset).delete()
    people = {
        "uploader": contributor,
        "office": make_user("cataloguer", here),
        "ministry": make_user("reviewer", make_office("bo")),
        "other contributor": make_user("contributor", here),
        "other office": make_user("administrator", elsewhere),
        "officer without an office": make_user("administrator"),
    }
    by_policy = {name for name, user in people.items() if readable(user, asset, {"original"})}
    by_admin = {name for name, user in people.items() if admin_assets(user, Asset.objects.all()).exists()}
    assert by_policy == by_admin == {"uploader", "office", "ministry"}


@pytest.mark.django_db
def test_a_file_without_an_uploader_that_no_record_uses_is_nobodys():
    asset = _asset(None, 5)
    user = make_user("administrator", make_office("bo"))
    assert not readable(user, asset, {"original"})
    assert not admin_assets(user, Asset.objects.all()).exists()


@pytest.mark.django_db
def test_the_rule_for_parts_is_the_same_in_memory_and_in_the_database():
    here, own = make_office("tinh-15"), make_community("cua-minh")
    author = make_user("contributor", here)
    people = [
        *(None, author, make_user(), make_user(communities=(own,)), make_user("cataloguer", here)),
        *(make_user("reviewer", make_office("tinh-1")), make_user("administrator", make_office("bo"))),
    ]
    asset = _asset(None, 6)
    for published in (True, False):
        for whole in LEVELS:
            record = make_record(office=here, created_by=author, communities=[own], published=False)
            Record.objects.filter(pk=record.pk).update(access_level=whole, live=published)
            RecordMedia.objects.bulk_create(RecordMedia(record=record, asset=asset, own_access=level) for level in LEVELS)
    links = list(RecordMedia.objects.select_related("record__office").prefetch_related("record__communities"))
    answers = set()
    for user in people:
        viewer = User.objects.get(pk=user.pk).viewer if user else ANONYMOUS
        in_memory = {link.pk for link in links if may_read_part(viewer, link.own_access, link.record)}
        in_database = RecordMedia.objects.filter(parts_visible_to(viewer, "record__", "own_access"))
        assert set(in_database.values_list("pk", flat=True)) == in_memory, viewer
        answers.add(frozenset(in_memory))
    assert len(answers) == len(people) - 1, "only an officer elsewhere sees the same as somebody else: what every signed-in person sees"


@pytest.mark.django_db
def test_many_parts_of_a_file_cost_as_many_queries_as_two(django_assert_num_queries):
    asset = _asset(None, 7)
    RecordMedia.objects.create(record=make_record(own_access=COMMUNITY, communities=[make_community()]), asset=asset)
    tracks = [TextTrack.objects.create(asset=asset, role="transcript", language="vi", audience=level) for level in ("", WITHDRAWN)]
    parts = {"original", *(track.name for track in tracks), *(f"w{width}-jpeg" for width in range(100, 1300, 100))}
    member = User.objects.get(pk=make_user(communities=(make_community(),)).pk)
    assert member.viewer
    for some in ({"w100-jpeg", tracks[0].name}, parts):
        with django_assert_num_queries(3):
            allowed = readable(member, asset, some)
    assert allowed == parts - {"original", tracks[1].name}


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
