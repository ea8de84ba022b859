"""The access rule in the media admin: what a person may not see on the page can be neither read nor changed there, at any address."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from library.access import PUBLIC, SIGNED_IN, WITHDRAWN
from library.accounts.models import User
from media_pipeline.admin.chooser import asset_chooser
from media_pipeline.admin.views import media_admin
from media_pipeline.models import Asset, Segment, TextTrack
from tests.library.access_matrix import *  # noqa: F403

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class AdminView:
    """One address: the files, by level, that it opens for this client, and the rights on files of which it asks one."""

    name: str
    opened: Callable[[Client, dict[str, Asset]], set[str]]
    rights: tuple[str, ...] = ("add", "change", "view")


def _each(opens: Callable[[Client, Asset], bool]) -> Callable[[Client, dict[str, Asset]], set[str]]:
    """Asks for every file by itself."""
    return lambda client, files: {level for level, asset in files.items() if opens(client, asset)}


def _page(name: str, rights: tuple[str, ...] = ("change",)) -> AdminView:
    """A page of one file."""

    def opens(client: Client, asset: Asset) -> bool:
        status = client.get(reverse(f"media_admin:{name}", args=[asset.pk])).status_code
        assert status in {200, 302, 404}, status  # Wagtail sends people without the right back to the first page
        return status == 200

    return AdminView(f"media_admin:{name}", _each(opens), rights)


def _posted(name: str, data: dict[str, str], *, to_track: bool = False) -> AdminView:
    """A form of one file. Where it is open it answers with a page of the media admin, or with what is wrong with the form."""

    def opens(client: Client, asset: Asset) -> bool:
        key = asset.tracks.get().pk if to_track else asset.pk
        answer = client.post(reverse(f"media_admin:{name}", args=[key]), data)
        assert answer.status_code in {302, 404, 422}, answer.status_code
        return answer.status_code == 422 or answer.get("Location", "").startswith("/admin/media/")

    return AdminView(f"media_admin:{name}", _each(opens), ("change",))


def _listed(name: str, words: str = "") -> AdminView:
    def opened(client: Client, files: dict[str, Asset]) -> set[str]:
        answer = client.get(reverse(name), {"q": words})
        assert answer.status_code == 200
        return {level for level, asset in files.items() if asset.name_as_given in answer.content.decode()}

    return AdminView(name, opened)


def _chosen(client: Client, asset: Asset) -> bool:
    return client.get(reverse("media_chooser:chosen", args=[asset.pk])).status_code == 200


def _chosen_with_others(client: Client, asset: Asset) -> bool:
    return asset.name_as_given in client.get(reverse("media_chooser:chosen_multiple"), {"id": asset.pk}).content.decode()


def _words(client: Client, asset: Asset) -> bool:
    answer = client.get(reverse("media_admin:track", args=[asset.tracks.get().pk]))
    assert answer.status_code in {200, 302, 404}, answer.status_code
    return answer.status_code == 200 and "CANARY" in answer.content.decode()


def _corrected(client: Client, asset: Asset) -> bool:
    words = f"WEBVTT\n\n00:00.000 --> 00:01.000\nCANARY {client.session.session_key}\n"
    client.post(reverse("media_admin:track", args=[asset.tracks.get().pk]), {"words": words})
    return Segment.objects.get(track__asset=asset).text.endswith(str(client.session.session_key))


VIEWS = (
    _listed("media_admin:index"),
    _listed("media_admin:index", "anh"),
    _listed("media_admin:index_results"),
    _page("inspect", ("add", "change", "view")),
    _page("status", ("add", "view")),
    _page("edit"),
    _page("history", ("add", "change", "view")),
    _page("history_results", ("add", "change", "view")),
    _page("replace"),
    _page("erase", ("erase",)),
    _page("new_track"),
    _posted("edit", {}),
    _posted("again", {"all": "1"}),
    _posted("new_track", {"role": "captions", "language": "vi", "text": "CANARY"}),
    AdminView("media_admin:track", _each(_words), ("change",)),
    AdminView("media_admin:track", _each(_corrected), ("change",)),
    _posted("change_track", {"reviewed": "1"}, to_track=True),
    _listed("media_chooser:choose"),
    _listed("media_chooser:choose_results"),
    _listed("media_chooser:choose_results", "anh"),
    AdminView("media_chooser:chosen", _each(_chosen)),
    AdminView("media_chooser:chosen_multiple", _each(_chosen_with_others)),
)
NOT_TO_A_FILE = {"media_admin:add", "media_admin:cancel_upload", "media_chooser:create"}  # they take in a new one, or end its upload


@pytest.fixture
def files_by_level(records_by_level) -> dict[str, Asset]:
    """The file of a record of each level, with words of its own."""
    files = {level: record.media.get().asset for level, record in records_by_level.items()}
    for asset in files.values():
        _give_words(asset)
    return files


def _give_words(asset: Asset, **fields: str) -> TextTrack:
    track = TextTrack.objects.create(asset=asset, role=TextTrack.Role.TRANSCRIPT, language="vi", **fields)
    Segment.objects.create(track=track, order=0, start_ms=0, end_ms=1000, text="CANARY")
    return track


def _works_with(reader: str, level: str) -> bool:
    """The rule in words: the office in charge, but for what is withdrawn; the uploader, as far as the uploader may see it on the page."""
    return {
        "officer in charge": level != WITHDRAWN,
        "ministry": level != WITHDRAWN,
        "archivist": True,
        "contributor": level in {PUBLIC, SIGNED_IN},
    }.get(reader, False)


def test_every_view_opens_a_file_exactly_for_those_who_may_see_it_on_the_page(readers, files_by_level):
    errors, answers = [], {view.name: set() for view in VIEWS}
    for reader in ("contributor", "officer in charge", "officer elsewhere", "ministry", "archivist"):
        client, user = Client(), User.objects.get(pk=readers[reader].pk)
        client.force_login(user)
        for view in VIEWS:
            allowed = any(user.has_perm(f"media_pipeline.{right}_asset") for right in view.rights)
            opened = view.opened(client, files_by_level)
            for level in files_by_level:
                answers[view.name].add(level in opened)
                if (level in opened) != (allowed and _works_with(reader, level)):
                    errors.append(f"{view.name}: {reader} {'opens' if level in opened else 'cannot open'} the file of what is {level}")
    assert not errors, "\n".join(errors)
    assert [name for name, opened in answers.items() if opened != {True, False}] == [], "asked only what is always, or never, open"


def test_every_address_of_the_media_admin_is_in_the_table():
    patterns = [*((media_admin, each) for each in media_admin.get_urlpatterns())]
    patterns += [(asset_chooser, each) for each in asset_chooser.get_urlpatterns()]
    names = {viewset.get_url_name(pattern.name) for viewset, pattern in patterns}
    assert names - {view.name for view in VIEWS} - NOT_TO_A_FILE == set()


def test_words_that_are_more_restricted_than_their_recording_are_not_named_to_its_uploader(client, readers, files_by_level):
    asset = files_by_level[PUBLIC]
    hidden = _give_words(asset, audience=WITHDRAWN)
    client.force_login(readers["officer in charge"])
    assert client.get(reverse("media_admin:track", args=[hidden.pk])).status_code == 404
    assert (
        reverse("media_admin:track", args=[hidden.pk]) not in client.get(reverse("media_admin:inspect", args=[asset.pk])).content.decode()
    )
    client.force_login(readers["archivist"])
    assert client.get(reverse("media_admin:track", args=[hidden.pk])).status_code == 200


def test_a_file_that_replaced_one_the_person_may_not_see_does_not_name_it(client, readers, files_by_level):
    old, new = files_by_level[WITHDRAWN], files_by_level[PUBLIC]
    Asset.objects.filter(pk=old.pk).update(replaced_by=new, name_as_given="kin-Zyx.png")
    client.force_login(readers["officer in charge"])
    assert "Zyx" not in client.get(reverse("media_admin:inspect", args=[new.pk])).content.decode()
    client.force_login(readers["archivist"])
    assert "Zyx" in client.get(reverse("media_admin:inspect", args=[new.pk])).content.decode()


def test_a_withdrawn_file_is_for_archivists(client, readers, files_by_level):
    asset = files_by_level[PUBLIC]
    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.WITHDRAWN)
    address = reverse("media_admin:inspect", args=[asset.pk])
    statuses = {}
    for reader in ("contributor", "officer in charge", "archivist"):
        client.force_login(readers[reader])
        statuses[reader] = client.get(address).status_code
    assert statuses == {"contributor": 404, "officer in charge": 404, "archivist": 200}
