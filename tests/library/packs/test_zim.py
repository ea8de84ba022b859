"""The same pack for Kiwix: equal pages, findable without marks, closed with the issue, and nothing where libzim is not installed."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from library.packs.archive import zim
from library.packs.archive.writing import OF_THE_ISSUE
from library.packs.models import PackIssue
from library.records.actions.publish import publish
from library.records.actions.withdraw import withdraw
from media_pipeline.storage import main_storage
from tests.library.pages.examples import make_admin

from .conftest import SOUND, inside, work

reader = pytest.importorskip("libzim.reader")
pytestmark = pytest.mark.django_db
Build = Callable[..., PackIssue]


def test_a_zim_file_holds_what_the_pack_holds_and_is_searched_without_marks(people: SimpleNamespace, built: Build, tmp_path: Path):
    from libzim.search import Query, Searcher

    issue = built()
    path = tmp_path / "one.zim"
    path.write_bytes(b"".join(main_storage().stream(issue.zim_key)))
    archive = reader.Archive(path)
    files = {path: content for path, content in inside(issue.key).items() if path not in OF_THE_ISSUE}
    assert archive.check() and archive.main_entry.get_item().path == "index.html"
    assert {path: bytes(archive.get_entry_by_path(path).get_item().content) for path in files} == files
    assert archive.get_entry_by_path(f"files/{people.recording.uuid}-a24.opus").get_item().size == len(SOUND)
    page = f"records/{people.song.identifier}.html"
    assert archive.get_entry_by_path(page).title.startswith(people.song.title_vi)
    told = {name: archive.get_metadata(name).decode() for name in ("Title", "Language", "Description")}
    assert told == {"Title": "Mông", "Language": "vie", "Description": "Mông, số 1"}
    search = Searcher(archive).search(Query().set_query("hat ong"))
    assert next(iter(search.getResults(0, 1))) == page


def test_it_is_fetched_until_the_issue_is_closed_or_replaced(client: Client, people: SimpleNamespace, built: Build):
    issue = built("text")
    address = reverse("pack-zim", args=[issue.pack_id, 1])
    assert address in client.get(reverse("pack", args=[issue.pack_id])).content.decode()
    assert b"".join(client.get(address)) == b"".join(main_storage().stream(issue.zim_key))  # type: ignore[arg-type]
    people.song.summary_vi = "Hát gọi bạn qua ống tre."
    publish(people.song)
    following = built("text")
    assert client.get(address).status_code == 404 and main_storage().stat(issue.zim_key) is None
    withdraw(people.song, user=make_admin(), reason="xin gỡ")
    assert client.get(reverse("pack-zim", args=[issue.pack_id, following.number])).status_code == 404
    work()


def test_without_libzim_a_pack_is_a_zip_only(client: Client, built: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zim, "find_spec", lambda name: None)
    issue = built("text")
    assert issue.key and not issue.zim_key
    assert "ZIM" not in client.get(reverse("pack", args=[issue.pack_id])).content.decode()
    assert client.get(reverse("pack-zim", args=[issue.pack_id, 1])).status_code == 404
