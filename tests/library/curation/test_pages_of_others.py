"""Nobody learns the title of a story that another office has not published: neither from lists nor from choosers, reports or addresses."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.urls import pages as page_urls

from library.curation.load import load_pages
from library.curation.models import StoryIndex, StoryPage
from tests.factories import make_office, make_user
from tests.library.curation.examples import make_story

pytestmark = pytest.mark.django_db
HIDDEN = "Chuyện kín Zyx"


@pytest.fixture
def story() -> StoryPage:
    """A story that the office of a province writes, with a revision, edited and locked; a second one, published under an older title."""
    load_pages()
    here = make_office("tinh-15")
    author = make_user("reviewer", here)
    story = make_story(("text", {"text_vi": "<p>Lời.</p>"}), title=HIDDEN, live=False, office=here, owner=author)
    story.save_revision(user=author, log_action="wagtail.edit")
    renamed = make_story(("text", {"text_vi": "<p>Lời.</p>"}), title="Chuyện đã đăng", slug="doi-ten", office=here, owner=author)
    renamed.title = f"{HIDDEN} đổi tên"
    renamed.save_revision(user=author, log_action="wagtail.edit")
    StoryPage.objects.filter(pk=story.pk).update(locked=True, locked_by=author)
    return story


def _addresses(story: StoryPage) -> Iterator[str]:
    """Every page of Wagtail's that lists pages, or that is about this one."""
    index = StoryIndex.objects.get().pk
    yield reverse("wagtailadmin_home")
    for name in ("wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child"):
        yield from (reverse(name, args=[pk]) for pk in (index, story.pk))
    for chooser in ("wagtailadmin_choose_page", "wagtailadmin_choose_page_search"):
        yield from (f"{reverse(chooser)}?q=zyx&page_type={kind}" for kind in ("curation.StoryPage", "wagtailcore.Page"))
    yield from (f"{reverse('wagtailadmin_pages:' + name)}?q=zyx" for name in ("search", "search_results"))
    yield from (reverse(f"wagtailadmin_pages:{name}", args=["curation", "storypage"]) for name in ("type_use", "type_use_results"))
    yield f"{reverse('wagtailadmin_api:pages:listing')}?child_of={index}&for_explorer=1"
    yield reverse("wagtailadmin_api:pages:detail", args=[story.pk])
    for action in ("publish", "unpublish", "delete", "move"):
        yield f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={story.pk}&next=/admin/"
        yield f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id=all&childOf={index}&next=/admin/"
    for report in ("site_history", "page_types_usage", "aging_pages", "locked_pages", "workflow", "workflow_tasks"):
        yield from (reverse(f"wagtailadmin_reports:{report}{results}") for results in ("", "_results"))
    yield from _about(story)


def _about(story: StoryPage) -> Iterator[str]:
    numbers = {"page_id": story.pk, "pk": story.pk, "page_to_move_id": story.pk, "parent_page_id": story.pk}
    others = {"revision_id": story.latest_revision_id, "revision_id_a": "earliest", "revision_id_b": "latest"}
    kinds = {"destination_id": StoryIndex.objects.get().pk, "task_id": 1, "task_state_id": 1, "workflow_state_id": 1}
    words = {"action_name": "approve", "content_type_app_name": "curation", "content_type_model_name": "storypage"}
    given = numbers | others | kinds | words | {"app_label": "curation", "model_name": "storypage"}
    for pattern in page_urls.urlpatterns:
        asked = pattern.pattern.regex.groupindex
        yield reverse(f"wagtailadmin_pages:{pattern.name}", kwargs={name: given[name] for name in asked})


def _says_it(client: Client, address: str) -> bool:
    answer = client.get(address)
    words = b"".join(answer) if answer.streaming else answer.content
    shown = words.decode() + "".join(str(message) for message in (answer.context or {}).get("messages", ()))
    return HIDDEN in shown


def test_no_page_of_the_admin_names_a_story_that_another_office_has_not_published(client: Client, story: StoryPage):
    addresses = list(_addresses(story))
    assert len(addresses) > 60
    for role, where in (("cataloguer", "tinh-1"), ("reviewer", "tinh-1"), ("administrator", "tinh-1")):
        client.force_login(make_user(role, make_office(where)))
        assert [address for address in addresses if _says_it(client, address)] == [], role


def test_whoever_is_in_charge_finds_it_where_wagtail_lists_pages(client: Client, story: StoryPage):
    client.force_login(make_user("administrator", make_office("bo")))
    missing = {address.split("?")[0] for address in _addresses(story) if not _says_it(client, address)}
    for name in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search", "wagtailadmin_reports:site_history"):
        assert reverse(name) not in missing
    assert reverse("wagtailadmin_explore", args=[StoryIndex.objects.get().pk]) not in missing
    assert reverse("wagtailadmin_reports:page_types_usage") not in missing


def test_a_published_story_of_another_office_can_be_chosen(client: Client):
    load_pages()
    make_story(("text", {"text_vi": "<p>Lời.</p>"}), title="Chuyện đã đăng", office=make_office("tinh-15"))
    client.force_login(make_user("administrator", make_office("tinh-1")))
    found = client.get(f"{reverse('wagtailadmin_choose_page_search')}?q=chuyện&page_type=curation.StoryPage")
    assert "Chuyện đã đăng" in found.content.decode()
