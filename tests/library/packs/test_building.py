"""What stands in a pack: what everybody may see and nothing more, by weight; signed; with what is new; never half built."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from background import leases
from library.packs.actions import work as pack_work
from library.packs.actions.order import resume, stop
from library.packs.estimate import estimates
from library.packs.models import IssueState, Pack, PackIssue
from library.packs.signing import is_signed, public_key
from library.packs.subjects import subject_of
from library.records.actions.publish import publish
from media_pipeline.storage import main_storage
from tests.factories import make_record

from .conftest import SOUND, data_of, inside, opened, work

pytestmark = pytest.mark.django_db
Build = Callable[..., PackIssue]


def test_a_pack_holds_what_everybody_may_see_and_nothing_more(people: SimpleNamespace, built: Build):
    issue = built()
    assert (issue.state, issue.number, issue.done) == (IssueState.READY, 1, 2)
    files = inside(issue.key)
    whole = b"".join(files.values()).decode("utf-8", "replace")
    assert people.festival.title_vi in whole and people.closed.title_vi not in whole and people.closed.identifier not in whole
    page = files[f"records/{people.song.identifier}.html"].decode()
    assert "Giàng A Páo" in page and "Cách trích dẫn" in page and "Quyền" in page
    assert f"files/{people.recording.uuid}-a24.opus" in page and files[f"files/{people.recording.uuid}-a24.opus"] == SOUND


def test_pages_open_as_files(people: SimpleNamespace, built: Build):
    files = inside(built().key)
    pages = {path: content.decode() for path, content in files.items() if path.endswith(".html")}
    assert len(pages) == 3
    for path, page in pages.items():
        assert 'type="module"' not in page and "<script>" not in page and " onclick=" not in page, path
        for address in re.findall(r'(?:src|href)="([^"#]+)"', page):
            if address.startswith(("http:", "https:")):
                assert f'src="{address}"' not in page, f"{path} loads {address}"
            else:
                lies_at = (Path("/") / path).parent.joinpath(address).resolve()
                assert str(lies_at).lstrip("/") in files, f"{path} names {address}"


@pytest.mark.parametrize(("weight", "endings"), [("text", set()), ("pictures", {"jpg"}), ("sound", {"jpg", "opus"})])
def test_a_weight_takes_what_it_says_and_the_estimate_comes_near(people: SimpleNamespace, built: Build, weight: str, endings: set[str]):
    issue = built(weight)
    assert {path.rpartition(".")[2] for path in inside(issue.key) if path.startswith("files/")} == endings
    assert issue.size / 2 < issue.estimate < issue.size * 2
    subject = subject_of(people.subject)
    assert subject and issue.estimate == estimates(subject)[weight]


def test_media_are_stored_and_pages_deflated(built: Build):
    with opened(built().key) as archive:
        ways = {info.filename.rpartition(".")[2]: info.compress_type for info in archive.infolist()}
    assert ways["opus"] == ways["jpg"] == 0 and ways["html"] == ways["js"] == 8


def test_the_manifest_is_signed_and_names_every_file(people: SimpleNamespace, built: Build, tmp_path: Path):
    issue = built()
    files = inside(issue.key)
    assert is_signed(files["manifest.json"], files["manifest.sig"].decode(), public_key())
    manifest = json.loads(files["manifest.json"])
    assert manifest["files"].keys() == files.keys() - {"manifest.json", "manifest.sig"}
    assert manifest["records"].keys() == {people.festival.identifier, people.song.identifier} and manifest["number"] == 1
    path = tmp_path / "goi.zip"
    path.write_bytes(b"".join(main_storage().stream(issue.key)))
    call_command("verify_pack", path)
    assert SOUND in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(SOUND, SOUND[::-1]))
    with pytest.raises(CommandError):
        call_command("verify_pack", path)


def test_another_key_does_not_verify(built: Build, tmp_path: Path, settings):
    issue = built()
    path = tmp_path / "goi.zip"
    path.write_bytes(b"".join(main_storage().stream(issue.key)))
    settings.PACK_SIGNING_KEY = tmp_path / "another.pem"
    with pytest.raises(CommandError, match="chữ ký"):
        call_command("verify_pack", path)


def test_a_delta_holds_what_is_new_and_says_what_left(people: SimpleNamespace, built: Build, tmp_path: Path):
    first = built()
    people.festival.title_vi = "Lễ hội Gầu Tào ở Pha Long"
    publish(people.festival)
    people.song.unpublish(log_action=False)
    added = make_record("Múa khèn", groups=[people.group])
    work()  # the issue with the song was closed and is built again
    issue = Pack.objects.get().issues.get(state=IssueState.READY)
    files, manifest = inside(issue.delta_key), issue.manifest
    assert (issue.number, manifest["new"], manifest["removed"]) == (2, [added.identifier], [people.song.identifier])
    assert manifest["changed"] == [people.festival.identifier]
    assert {path for path in files if path.startswith("records/")} == {
        f"records/{each.identifier}.html" for each in (people.festival, added)
    }
    assert not [path for path in files if path.startswith("files/")]
    told = json.loads(files["delta.json"])
    assert (told["from"], told["to"]) == (1, 2) and f"files/{people.recording.uuid}-a24.opus" in told["removed"]
    assert issue.delta_size < issue.size
    path = tmp_path / "moi.zip"
    path.write_bytes(b"".join(main_storage().stream(issue.delta_key)))
    call_command("verify_pack", path)
    first.refresh_from_db()
    assert first.state == IssueState.REPLACED and not list(main_storage().walk(f"p/{first.pk}-"))


def test_an_issue_without_anything_new_is_not_offered(built: Build):
    first, second = built(), built()
    first.refresh_from_db()
    assert second.state == IssueState.UNCHANGED and not second.key
    assert first.state == IssueState.READY and Pack.objects.get().numbers == 1


def test_a_pack_speaks_its_language(people: SimpleNamespace, built: Build):
    files = inside(built("text", "en").key)
    assert "How to cite" in files[f"records/{people.song.identifier}.html"].decode() and 'lang="en"' in files["index.html"].decode()


def test_the_search_knows_titles_and_words(people: SimpleNamespace, built: Build):
    data = data_of(inside(built("text").key))
    assert {entry[1]: entry[3] for entry in data["records"]}[people.festival.title_vi].startswith("Mở hội trên đồi.")
    assert data["withdrawn"].endswith("/goi/da-rut.js")


def test_nothing_half_built_is_offered_and_another_worker_begins_again(
    people: SimpleNamespace, built: Build, monkeypatch: pytest.MonkeyPatch
):
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pack_work, "_store", killed)
        with pytest.raises(KeyboardInterrupt):
            built()
    issue = PackIssue.objects.get()
    assert issue.state == IssueState.BUILDING and not issue.key and not list(main_storage().walk("p/"))
    work()
    issue.refresh_from_db()
    assert issue.state == IssueState.BUILDING, "the lease still runs"
    PackIssue.objects.update(leased_until=issue.created_at - leases.LEASE)
    work()
    issue.refresh_from_db()
    assert (issue.state, issue.number) == (IssueState.READY, 1)


def test_work_that_was_stopped_writes_nothing_and_begins_again_when_asked(
    people: SimpleNamespace, built: Build, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pack_work, "LOOKS_EVERY", 0.0)
    real = pack_work.build

    def stopped(*args: object) -> object:
        stop(PackIssue.objects.get(), user=people.user)
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(pack_work, "build", stopped)
        issue = built()
    assert issue.state == IssueState.STOPPED and not issue.key
    resume(issue, user=people.user)
    work()
    issue.refresh_from_db()
    assert issue.state == IssueState.READY


def test_a_file_that_is_damaged_fails_the_issue(people: SimpleNamespace, built: Build):
    key = people.recording.derivatives.get().blob.key
    path = main_storage().path(key)
    path.unlink()
    path.write_bytes(SOUND[::-1])
    issue = built()
    assert issue.state == IssueState.FAILED and "Xin báo" in issue.problem and not issue.key
