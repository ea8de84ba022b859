"""Who may write, change and publish stories: by role and by office, on every way that leads there."""

import pytest
from django.test import Client
from django.urls import reverse

from library.accounts.models import Office, User
from library.curation.load import load_pages
from library.curation.models import StoryIndex, StoryPage
from library.curation.presentation.readable import record_keys
from library.records.models.choices import AccessLevel
from tests.factories import make_office, make_record, make_user
from tests.library.curation.examples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages():
    load_pages()


def office(name: str) -> Office:
    if name == "commune":
        province = make_office("tinh-15")
        return Office.objects.get_or_create(code="xa-1", defaults={"name_vi": "Xã", "level": "commune", "parent": province})[0]
    return make_office({"ministry": "bo", "province": "tinh-15", "elsewhere": "tinh-1"}[name])


def person(role: str, where: str) -> User:
    return make_user(role, office(where))


# role, office, and what the person may do with a story of the commune's office that somebody else wrote
MATRIX = [
    ("contributor", "commune", ""),
    ("cataloguer", "commune", "add"),
    ("cataloguer", "province", "add"),
    ("reviewer", "commune", "add edit"),
    ("reviewer", "province", "add edit publish"),
    ("reviewer", "ministry", "add edit publish"),
    ("reviewer", "elsewhere", "add"),
    ("administrator", "commune", "add edit"),
    ("administrator", "province", "add edit publish"),
    ("administrator", "elsewhere", "add"),
    ("administrator", "ministry", "add edit publish"),
]


@pytest.mark.parametrize(("role", "where", "may"), MATRIX)
def test_rights_on_a_story_follow_role_and_office(client: Client, role: str, where: str, may: str):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), live=False, office=office("commune"))
    user = person(role, where)
    client.force_login(user)
    rights = story.permissions_for_user(user)
    found = {
        "add": StoryIndex.objects.get().permissions_for_user(user).can_add_subpage(),
        "edit": rights.can_edit(),
        "publish": rights.can_publish(),
    }
    assert {name for name, allowed in found.items() if allowed} == set(may.split())
    opened = {
        "add": client.get(reverse("wagtailadmin_pages:add", args=["curation", "storypage", StoryIndex.objects.get().pk])),
        "edit": client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])),
        "preview": client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk])),
        "history": client.get(reverse("wagtailadmin_pages:history", args=[story.pk])),
        "delete": client.get(reverse("wagtailadmin_pages:delete", args=[story.pk])),
    }
    reached = {name for name, answer in opened.items() if answer.status_code == 200}
    assert reached == ({"add"} & set(may.split())) | ({"edit", "preview", "history", "delete"} if "edit" in may else set())


def test_an_author_changes_the_own_story_but_does_not_publish_it():
    author = person("cataloguer", "province")
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), live=False, office=author.office, owner=author)
    rights = story.permissions_for_user(author)
    assert rights.can_edit() and not rights.can_publish()


def test_an_office_elsewhere_neither_unpublishes_nor_locks_nor_hides_a_story(client: Client):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), office=office("province"))
    client.force_login(person("reviewer", "elsewhere"))
    for name in ("unpublish", "lock", "move", "copy", "set_privacy"):
        client.post(reverse(f"wagtailadmin_pages:{name}", args=[story.pk]), {"restriction_type": "login"})
    story = StoryPage.objects.get(pk=story.pk)
    assert story.live and not story.locked and not story.get_view_restrictions().exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_no_action_on_many_pages_reaches_a_story_of_another_office(client: Client, action: str):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), office=office("province"))
    client.force_login(person("reviewer", "elsewhere"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{address}?id={story.pk}&next=/admin/")
    assert StoryPage.objects.get(pk=story.pk).live


def test_a_story_of_another_office_cannot_be_copied(client: Client):
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), live=False, office=office("province"))
    client.force_login(person("reviewer", "elsewhere"))
    fields = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": str(StoryIndex.objects.get().pk)}
    client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), fields)
    assert StoryPage.objects.count() == 1


def test_a_commune_does_not_publish_while_it_creates_and_a_province_does(client: Client):
    address = reverse("wagtailadmin_pages:add", args=["curation", "storypage", StoryIndex.objects.get().pk])
    record = make_record("Tên mở")
    for where, live in (("commune", False), ("province", True)):
        client.force_login(person("reviewer", where))
        client.post(address, body_form(record.pk) | {"slug": where, "action-publish": "action-publish"})
        assert StoryPage.objects.filter(slug=where, live=True).exists() == live


def test_only_the_ministry_changes_the_list_of_stories_itself():
    index = StoryIndex.objects.get()
    assert not index.permissions_for_user(person("reviewer", "province")).can_edit()
    assert not index.permissions_for_user(person("administrator", "province")).can_publish()
    assert index.permissions_for_user(person("administrator", "ministry")).can_publish()


def body_form(record_key: int) -> dict[str, str]:
    """The form of a story with one record, as the editor sends it."""
    return {
        "title": "Chuyện mới",
        "slug": "chuyen-moi",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "record",
        "body-0-id": "",
        "body-0-value-record": str(record_key),
        "body-0-value-note_vi": "",
        "body-0-value-note_en": "",
        "cover": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }


def test_an_author_puts_into_a_story_only_records_that_the_author_may_see(client: Client):
    open_record = make_record("Tên mở", office=make_office("tinh-1"))
    closed = make_record("Tên kín", own_access=AccessLevel.STAFF, office=make_office("tinh-1"))
    author = person("cataloguer", "province")
    client.force_login(author)
    address = reverse("wagtailadmin_pages:add", args=["curation", "storypage", StoryIndex.objects.get().pk])
    answer = client.post(address, body_form(closed.pk) | {"cover": str(closed.pk)}, follow=True)
    assert "Tên kín" not in answer.content.decode()
    assert not [story for story in StoryPage.objects.all() if record_keys(story.get_latest_revision_as_object().body)]
    client.post(address, body_form(open_record.pk) | {"slug": "chuyen-sau"})
    story = StoryPage.objects.get(slug="chuyen-sau")
    draft = story.get_latest_revision_as_object()
    assert draft.body[0].value["record"] == open_record
    assert story.office == author.office
