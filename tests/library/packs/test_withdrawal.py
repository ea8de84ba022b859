"""What is closed leaves the packs: the issue is given out no more, a new one is ordered, copies on cards learn what to hide."""

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from library.curation.models import StoryPage
from library.packs.access import is_fetchable
from library.packs.actions.order import order_as_staff
from library.packs.models import IssueState, Pack, PackIssue
from library.packs.subjects import subject_of
from library.records.actions.withdraw import restore, withdraw
from library.records.models import Record
from library.records.signals import announced_once
from tests.factories import make_record
from tests.library.curation.examples import make_story

from .conftest import data_of, inside, work

pytestmark = pytest.mark.django_db
Build = Callable[..., PackIssue]


def _close_by_withdrawal(people: SimpleNamespace) -> None:
    withdraw(people.song, user=people.user, reason="Người hát xin gỡ")


def _close_file(people: SimpleNamespace) -> None:
    people.song.media.update(own_access="staff")
    people.song.refresh_from_db()
    people.song.save()


def _close_by_level(people: SimpleNamespace) -> None:
    people.song.own_access = "community"
    people.song.save()


def _delete(people: SimpleNamespace) -> None:
    people.song.delete()


def _file_of(client: Client, issue: PackIssue) -> int:
    return client.get(f"/goi/{issue.pack_id}/so-{issue.number}.zip").status_code


def _list(client: Client) -> dict:
    text = client.get("/goi/da-rut.js").content.decode()
    return dict(json.loads(text.removeprefix("window.PACK_WITHDRAWN = ").rstrip().rstrip(";")))


@pytest.mark.parametrize("close", [_close_by_withdrawal, _close_file, _close_by_level, _delete])
def test_an_issue_with_something_closed_is_not_given_out_until_it_is_built_again(
    people: SimpleNamespace, built: Build, client: Client, close: Callable
):
    issue, identifier = built(), people.song.identifier
    assert _file_of(client, issue) == 200
    close(people)
    issue.refresh_from_db()
    assert issue.state == IssueState.CLOSED and _file_of(client, issue) == 404
    assert _list(client)["closed"] == {str(issue.pack_id): {identifier: 1}}
    work()
    new = Pack.objects.get().issues.get(state=IssueState.READY)
    files = inside(new.key)
    assert _file_of(client, new) == 200 and not [path for path in files if path.endswith(".opus")]
    still_there = close is _close_file
    assert (identifier in {entry[0] for entry in data_of(files)["records"]}) is still_there


def test_a_change_that_closes_nothing_leaves_the_issue(people: SimpleNamespace, built: Build, client: Client):
    issue = built()
    people.song.title_vi = "Hát ống"
    people.song.save()
    assert _file_of(client, issue) == 200


def test_a_change_that_nobody_announced_is_seen_at_the_door(people: SimpleNamespace, built: Build, client: Client):
    issue = built()
    Record.objects.filter(pk=people.song.pk).update(access_level="staff")
    assert not is_fetchable(issue) and _file_of(client, issue) == 404


def test_what_is_closed_while_a_pack_is_built_closes_it(
    people: SimpleNamespace, built: Build, monkeypatch: pytest.MonkeyPatch, client: Client
):
    from library.packs.actions import work as pack_work

    real = pack_work._offer

    def offer(*args: object) -> None:
        monkeypatch.undo()
        _close_by_withdrawal(people)
        real(*args)

    monkeypatch.setattr(pack_work, "_offer", offer)
    built()
    pack = Pack.objects.get()
    assert [issue.state for issue in pack.issues.order_by("pk")] == [IssueState.REPLACED, IssueState.READY]
    assert data_of(inside(pack.issues.get(state=IssueState.READY).key))["records"][0][0] == people.festival.identifier


def _issue_of_a_story(people: SimpleNamespace) -> tuple[StoryPage, PackIssue]:
    story = make_story(("record", {"record": people.song.pk}))
    subject = subject_of(f"story:{story.pk}")
    assert subject is not None
    issue = order_as_staff(subject, "text", "vi", user=people.user)
    work()
    issue.refresh_from_db()
    return story, issue


@pytest.mark.parametrize("take_away", [StoryPage.unpublish, StoryPage.delete])
def test_a_story_that_is_taken_down_takes_its_packs_along(people: SimpleNamespace, client: Client, take_away: Callable):
    story, issue = _issue_of_a_story(people)
    assert _file_of(client, issue) == 200 and str(story.title) in client.get("/goi/").content.decode()
    take_away(story)
    assert _file_of(client, issue) == 404 and str(story.title) not in client.get("/goi/").content.decode()
    issue.refresh_from_db()
    assert issue.state == IssueState.CLOSED and not Pack.objects.get().issues.filter(state=IssueState.BUILDING).exists()


def test_the_pack_of_a_story_that_only_some_may_read_any_more_is_not_listed_and_not_given_out(people: SimpleNamespace, client: Client):
    story, issue = _issue_of_a_story(people)
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert _file_of(client, issue) == 404 and client.get(f"/goi/{issue.pack_id}/").status_code == 404
    assert str(story.title) not in client.get("/goi/").content.decode()


def test_the_list_names_every_withdrawn_record_and_is_one_harmless_assignment(people: SimpleNamespace, client: Client):
    assert _list(client) == {"withdrawn": [], "closed": {}}
    withdraw(people.song, user=people.user, reason="x")
    answer = client.get("/goi/da-rut.js")
    assert answer["Content-Type"].startswith("text/javascript") and "max-age=45" in answer["Cache-Control"]
    assert _list(client)["withdrawn"] == [people.song.identifier]
    people.song.refresh_from_db()
    restore(people.song, user=people.user)
    assert _list(client)["withdrawn"] == []


def test_saving_a_record_asks_one_question_more(people: SimpleNamespace, django_assert_max_num_queries):
    from library.packs.actions.close import close_issues_with

    records = [make_record(f"Bài {number}", groups=[people.group]) for number in range(5)]
    with announced_once(), django_assert_max_num_queries(1):
        close_issues_with([record.pk for record in records])
