"""The stories of the starter collection stand over its records, in both languages, and are made once."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from library.curation.load import load_pages
from library.curation.load_stories import load_stories
from library.curation.models import StoryPage
from library.records.models import Record

pytestmark = pytest.mark.django_db
SLUGS = ["duong-cay-dau-nam", "vai-lanh", "ram-thang-muoi"]


@pytest.fixture(autouse=True)
def no_menu_for_another_test() -> Iterator[None]:
    yield
    cache.clear()


def test_three_stories_come_once_and_read_whole_in_both_languages(client: Client, starter):
    load_pages()
    assert load_stories() == SLUGS
    assert load_stories() == []
    for story in StoryPage.objects.all():
        for language in ("", "/en"):
            answer = client.get(f"{language}/chuyen/{story.slug}/")
            kinds = {block.kind for block in answer.context["story"].blocks}
            assert kinds >= {child.block_type for child in story.body} - {"film", "sound"}  # this test loads no files
            assert not answer.context["missing_language"] and answer.context["sources"]


def test_a_story_that_staff_deleted_stays_away_and_one_that_they_changed_stays_changed(starter):
    load_pages()
    load_stories()
    StoryPage.objects.get(slug="vai-lanh").delete()
    StoryPage.objects.filter(slug="ram-thang-muoi").update(title="Tên do người sửa")
    assert load_stories(if_changed=True) == []
    assert load_stories() == ["vai-lanh"]
    assert StoryPage.objects.get(slug="ram-thang-muoi").title == "Tên do người sửa"


def test_every_record_of_a_story_is_public(starter):
    load_pages()
    load_stories()
    named = {
        int(key)
        for story in StoryPage.objects.all()
        for model, key, *_path in story.body.stream_block.extract_references(story.body)
        if model is Record
    }
    assert len(named) >= 15
    assert set(Record.objects.filter(pk__in=named, live=True, access_level="public").values_list("pk", flat=True)) == named
