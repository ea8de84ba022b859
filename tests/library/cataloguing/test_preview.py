"""Previews in the admin show what readers will see, not what the officer may see; and say what outsiders miss."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from library.curation.load import load_pages
from library.curation.models import TextPage
from library.records.models import Record, RecordRelation
from library.records.models.choices import AccessLevel
from tests.factories import make_community, make_group, make_office, make_record, make_source, make_term, make_user
from tests.library.cataloguing.form.test_form import LIST, _form
from tests.library.pages.examples import make_picture

pytestmark = pytest.mark.django_db
LEVELS = AccessLevel.values[:4]


@pytest.fixture
def officer(client: Client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    call_command("ensure_index", verbosity=0)
    user = make_user("reviewer", make_office())
    client.force_login(user)
    return user


@pytest.fixture
def preview(client: Client, officer) -> Callable[..., str]:
    """preview(record, mode) → what reviewers see of the record's last version; without a mode the preview that opens first."""

    def shown(record: Record, mode: str = "") -> str:
        revision = Record.objects.get(pk=record.pk).save_revision()
        answer = client.get(reverse(f"{LIST}:revisions_view", args=[record.pk, revision.pk]), {"mode": mode} if mode else {})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return shown


def test_the_public_preview_of_a_draft_is_its_page_as_if_it_were_published(preview):
    page = preview(make_record("Hội xuân", published=False, office=make_office()))
    assert "Hội xuân" in page
    assert "Xem trước như người đọc: Mọi người." in page
    assert "Tư liệu chưa đăng: lúc này người ngoài chưa thấy gì." in page
    assert "Khi đăng, người ngoài thấy cả trang này." in page


def test_what_is_for_the_office_alone_is_counted_above_the_public_preview_and_marked_in_the_offices(preview):
    record = make_record("Hội xuân", office=make_office())
    make_picture(record, own_access=AccessLevel.STAFF)
    draft = make_record("Lời cúng nháp", published=False, office=make_office())
    closed = make_record("Lời cúng kín", own_access=AccessLevel.STAFF, office=make_office())
    for target in (draft, closed):
        RecordRelation.objects.create(record=record, kind="part_of", target=target)
    public = preview(record)
    assert not [word for word in ("Tệp thử", "Lời cúng nháp", "Lời cúng kín") if word in public]
    assert "Người ngoài thấy trang này, trừ:" in public
    assert "Số tệp: 1" in public and "Số tư liệu liên quan: 2" in public
    office = preview(record, AccessLevel.STAFF)
    assert "Tệp thử" in office
    assert '<span class="badge badge--stop">Chưa đăng</span>' in office
    assert office.count("Chỉ hiện cho: Cơ quan phụ trách") == 2  # the file and the record
    assert "Người ngoài thấy trang này, trừ:" in office


def test_the_page_for_readers_names_no_draft_even_to_its_office(client: Client, officer):
    record, draft = make_record("Hội xuân", office=make_office()), make_record("Lời cúng nháp", published=False, office=make_office())
    RecordRelation.objects.create(record=record, kind="part_of", target=draft)
    assert "Lời cúng nháp" not in client.get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize("level", LEVELS)
def test_each_preview_agrees_with_what_the_readers_of_its_level_get(preview, level: str):
    community = make_community()
    record = make_record("Lời cúng kín", own_access=level, communities=[community], office=make_office())
    people = [None, make_user(), make_user(communities=(community,)), make_user("reviewer", make_office())]
    for mode, person in zip(LEVELS, people, strict=True):
        reader = Client()
        if person:
            reader.force_login(person)
        answer = reader.get(record.get_absolute_url())
        assert (answer.status_code == 200) == ("Lời cúng kín" in preview(record, mode)), mode


@pytest.mark.parametrize("level", LEVELS)
def test_the_preview_opens_with_the_most_open_readers_who_see_the_record(preview, level: str):
    page = preview(make_record("Hội xuân", own_access=level, communities=[make_community()], office=make_office()))
    assert "Hội xuân" in page
    assert f"Xem trước như người đọc: {AccessLevel(level).label}." in page
    assert ("người ngoài chỉ thấy trang báo không có tư liệu này" in page) == (level != AccessLevel.PUBLIC)


def test_a_record_that_the_form_closes_is_closed_in_the_preview_before_it_is_saved(client: Client, officer):
    make_term("vn_ich_categories", "le-hoi", "Lễ hội truyền thống")
    record = make_record("Hội cũ", office=make_office())
    data = _form("Hội mới", group=make_group(), source=make_source()) | {"own_access": AccessLevel.STAFF}
    address = reverse(f"{LIST}:preview_on_edit", args=[record.pk])
    assert client.post(address, data).json()["is_valid"] is True
    public, office = (client.get(address, {"mode": mode}).content.decode() for mode in (AccessLevel.PUBLIC, AccessLevel.STAFF))
    assert "Hội mới" not in public and "Không thấy trang này" in public
    assert "Hội mới" in office
    assert Record.objects.get(pk=record.pk).own_access == AccessLevel.PUBLIC


def test_an_unknown_mode_is_the_public(preview):
    assert "Lời cúng kín" not in preview(make_record("Lời cúng kín", own_access=AccessLevel.STAFF, office=make_office()), "khac")


def test_the_preview_of_an_editorial_page_is_the_publics_and_says_what_keeps_them_out(client: Client):
    load_pages()
    client.force_login(make_user("administrator", make_office("bo")))
    page = TextPage.objects.first()
    page.unpublish()
    page.view_restrictions.create(restriction_type="password", password="xoi-ngu-sac")
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200
    assert "người ngoài chưa thấy gì" in answer.content.decode()
    assert "Trang này có giới hạn người xem" in " ".join(answer.content.decode().split())
    assert answer.context["request"].user.is_anonymous
