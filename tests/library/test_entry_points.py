"""The access rule at every entry point: for each kind of reader and each access level, an address shows a record exactly when it may.

An entry point is a line of ENTRY_POINTS. A public address that is in no line fails the build, so none can be added without its test.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from library.access import ANONYMOUS, LEVELS, PUBLIC, WITHDRAWN, Viewer, can_see
from library.accounts.models import User
from library.accounts.roles import ROLES
from library.bulletins.models import Bulletin
from library.packs.actions.order import order_as_reader
from library.packs.actions.work import advance_packs
from library.packs.models import Pack
from library.packs.subjects import subject_of
from library.presentation.places import unit_url
from library.records.models import Record
from media_pipeline.available_renditions import url_of
from media_pipeline.models import Asset
from tests.library.access_matrix import *  # noqa: F403
from tests.library.bulletins.conftest import agree_to_broadcast
from tests.library.pages.test_players import make_asset

pytestmark = pytest.mark.django_db(transaction=True)
Expected = Callable[[Viewer, Record], bool]


class Reader(Client):
    """Reads each address once: many entry points show every record at one address."""

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[str, str] = {}

    def text(self, address: str) -> str:
        """What the address answers; nothing where it refuses."""
        if address not in self._read:
            answer = self.get(address)
            assert answer.status_code < 500, (address, answer.status_code)
            body = b"".join(answer) if answer.streaming else answer.content
            self._read[address] = body.decode() if answer.status_code < 300 else ""
        return self._read[address]


@dataclass(frozen=True)
class EntryPoint:
    """Addresses that lead to a record: their names, how to see whether a record is shown there, and whether it should be."""

    name: str
    addresses: tuple[str, ...]
    shows: Callable[["Reader", Record], bool]
    expected: Expected


def _published(viewer: Viewer, record: Record) -> bool:
    return record.live and can_see(viewer, record)


def _public_only(viewer: Viewer, record: Record) -> bool:
    return record.live and can_see(ANONYMOUS, record)


def _mentions(address: Callable[[Record], str]) -> Callable[[Reader, Record], bool]:
    """Looks for the record's own word anywhere in what the address answers."""
    return lambda reader, record: secret_word(record) in reader.text(address(record))


def _opens(address: Callable[[Record], str]) -> Callable[[Reader, Record], bool]:
    def shows(client: Reader, record: Record) -> bool:
        status = client.get(address(record)).status_code
        assert status in {200, 404, 410}, status
        return status == 200

    return shows


def _counted(client: Reader, record: Record) -> bool:
    """Whether the total or a facet of the search counts the record: its word is its alone."""
    results = client.get(reverse("search"), {"q": secret_word(record)}).context["results"]
    counts = [value.count for facet in results.facets for value in facet.values]
    return bool(results.total or any(counts))


def _valued(client: Reader, record: Record) -> bool:
    """Whether the values of a facet count the record."""
    address = reverse("search-values", args=["dan-toc"])
    return any(value["count"] for value in client.get(address, {"q": secret_word(record), "tim": ""}).json()["values"])


def secret_word(record: Record) -> str:
    """A word of the title that no other record has."""
    return record.title_vi.split()[-1]


def _file_of(record: Record) -> str:
    return url_of(record.media.get().asset, "original")


def _province(record: Record) -> str:
    return reverse("province", args=[record.places.get().parent.slug])


def _calendar_month(record: Record) -> str:
    """The calendar's page of the month in which the record's own festival falls: the next one, see ``records_by_level``."""
    return f"{reverse('festivals')}?thang={timezone.localdate() + timedelta(days=1):%Y-%m}"


def _were_it_a_product(address: str) -> Callable[[Reader, Record], bool]:
    """Whether an address of products shows the record while it is one."""

    def shows(reader: Reader, record: Record) -> bool:
        of_this_record = Record.objects.filter(pk=record.pk)
        of_this_record.update(record_type="product")
        shown = secret_word(record) in reader.text(reverse(address, args=[record.identifier]))
        of_this_record.update(record_type=record.record_type)
        return shown

    return shows


def _as_sound(address: Callable[[Record], str]) -> Callable[[Reader, Record], bool]:
    """Whether a podcast tells of the record while it has a sound."""

    def shows(reader: Reader, record: Record) -> bool:
        asset = make_asset(record, "audio", {"aac96": ("sound", "audio/mp4", 100)})
        shown = secret_word(record) in reader.get(address(record)).content.decode()
        record.media.filter(asset=asset).delete()
        return shown

    return shows


def _packed(record: Record) -> bool:
    """Whether a pack of the people holds the record: its page, its name on the first page, its words for the search."""
    subject = subject_of("people:nhom-08")
    assert subject is not None
    pack = order_as_reader(subject, "text", "vi")
    while advance_packs():
        pass
    whole = Reader().get(reverse("pack-file", args=[pack.pk, Pack.objects.get(pk=pack.pk).numbers]))
    with zipfile.ZipFile(io.BytesIO(b"".join(whole))) as archive:  # type: ignore[arg-type]
        return any(secret_word(record) in archive.read(name).decode() for name in archive.namelist())


def _broadcast(reader: Reader, record: Record) -> bool:
    """Whether a bulletin with the file of the record is heard; all of its doors say the same."""
    asset, word, now = record.media.get().asset, secret_word(record), timezone.now()
    agree_to_broadcast(record)
    Asset.objects.filter(pk=asset.pk).update(kind="audio")
    told = {"title": word, "place": record.places.get(), "office": record.office, "state": "published", "key": "b/none"}
    bulletin = Bulletin.objects.create(**told, publish_at=now, first_published_at=now)
    bulletin.pieces.create(position=1, is_words=False, record=record, asset=asset)
    own = (bulletin.get_absolute_url(), reverse("bulletins"), reverse("bulletins-feed"))
    feeds = (reverse("province-bulletins-feed", args=["lao-cai"]), reverse("commune-bulletins-feed", args=["xa-ta-phin-03013"]))
    heard = {word in reader.get(address).content.decode() for address in (*own, *feeds)}
    heard.add(reader.get(bulletin.file_url).status_code != 410)
    bulletin.delete()
    Asset.objects.filter(pk=asset.pk).update(kind=asset.kind)
    assert len(heard) == 1, "the doors of a bulletin disagree"
    return heard.pop()


def _exported(record: Record) -> str:
    return f"{reverse('search-export', args=['json'])}?q={secret_word(record)}"


ENTRY_POINTS = (
    EntryPoint("record page", ("record",), _mentions(lambda record: record.get_absolute_url()), can_see),
    EntryPoint("English record page", (), _mentions(lambda record: f"/en{record.get_absolute_url()}"), can_see),
    EntryPoint("home", ("home",), _mentions(lambda record: reverse("home")), _published),
    EntryPoint("list", ("records",), _mentions(lambda record: reverse("records")), _published),
    EntryPoint("portal of a group", ("group", "groups"), _mentions(lambda record: reverse("group", args=["nhom-08"])), _published),
    EntryPoint("province", ("province", "provinces"), _mentions(_province), _published),
    EntryPoint("commune", ("commune",), _mentions(lambda record: unit_url(record.places.get())), _published),
    EntryPoint("former district", ("former-district",), _mentions(lambda record: unit_url(record.former_units.get())), _published),
    EntryPoint("former province", ("former-province",), _mentions(lambda record: "/tinh-cu/lao-cai/"), _published),
    EntryPoint("festival calendar", ("festivals",), _mentions(_calendar_month), _published),
    EntryPoint("timeline, on this day", ("timeline",), _mentions(lambda record: reverse("timeline")), _published),
    EntryPoint("timeline, a century", ("timeline-century",), _mentions(lambda record: "/dong-thoi-gian/the-ky-20/"), _published),
    EntryPoint("days of a festival", ("festival-file",), _mentions(lambda record: f"{record.get_absolute_url()}lich.ics"), _public_only),
    EntryPoint("days of a people", ("group-festivals-file",), _mentions(lambda record: "/dan-toc/nhom-08/lich-le-hoi.ics"), _public_only),
    EntryPoint("days in a province", ("province-festivals-file",), _mentions(lambda record: "/tinh/lao-cai/lich-le-hoi.ics"), _public_only),
    EntryPoint("days of all", ("festivals-file",), _mentions(lambda record: reverse("festivals-file")), _public_only),
    EntryPoint("search", ("search",), _mentions(lambda record: reverse("search") + "?q=hoi+mua"), _published),
    EntryPoint("list to take away", ("search-export",), _mentions(_exported), _published),
    EntryPoint("map of results", (), _mentions(lambda record: reverse("search") + "?q=hoi+mua&xem=ban-do"), _published),
    EntryPoint("values of a facet", ("search-values",), _valued, _published),
    EntryPoint("search total", (), _counted, _published),
    EntryPoint(
        "suggestions", ("search-suggest",), _mentions(lambda record: f"{reverse('search-suggest')}?q={secret_word(record)}"), _published
    ),
    EntryPoint(
        "inside a record", ("search-inside",), _mentions(lambda record: reverse("search-inside", args=[record.identifier])), can_see
    ),
    EntryPoint("file", ("media:file",), _opens(_file_of), lambda viewer, record: can_see(viewer, record)),
    EntryPoint("share card", ("record-card",), _opens(lambda record: reverse("record-card", args=[record.identifier])), _public_only),
    EntryPoint("passport of a product", ("passport",), _were_it_a_product("passport"), _public_only),
    EntryPoint("cards of a product", ("product-cards",), _were_it_a_product("product-cards"), _public_only),
    EntryPoint(
        "pack of a people",
        ("packs", "pack-order", "pack", "pack-file", "pack-new", "pack-zim"),
        lambda _reader, record: _packed(record),
        _public_only,
    ),
    EntryPoint(
        "bulletin",
        ("bulletins", "bulletin", "bulletin-file", "bulletins-feed", "province-bulletins-feed", "commune-bulletins-feed"),
        _broadcast,
        _public_only,
    ),
    EntryPoint("feed", ("feed",), _mentions(lambda record: reverse("feed")), _public_only),
    EntryPoint("podcast", ("sounds",), _as_sound(lambda record: reverse("sounds")), _public_only),
    EntryPoint("podcast of a people", ("group-sounds",), _as_sound(lambda record: "/dan-toc/nhom-08/nghe.rss"), _public_only),
    EntryPoint(
        "related, on another page", (), _mentions(lambda record: Record.objects.get(source_key="hub").get_absolute_url()), _published
    ),
    EntryPoint(
        "of the same commune, on another page",
        (),
        _mentions(lambda record: Record.objects.get(source_key="beside").get_absolute_url()),
        _published,
    ),
)
OWN_SECURITY = (
    "security",
    "sign-out-elsewhere",
    "account_login",
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "openid_connect_login",
    "openid_connect_callback",
)
NOT_TO_RECORDS = {
    "media:tile": "part of a file; the same policy as the whole file, tested by tests/media_pipeline/delivery/test_tiles.py",
    "media:tile_info": "as media:tile",
    "media:uploads": "a person's own uploads; tests/media_pipeline/intake/test_uploads.py",
    "media:upload": "as media:uploads",
    "media:finish_upload": "as media:uploads",
    "saved-searches": "a person's own; the access rule is applied to its records again, tests/integration/search/test_saved.py",
    "saved-search-save": "as saved-searches",
    "saved-search-change": "as saved-searches",
    "saved-search-delete": "as saved-searches",
    "saved-search-stop": "names a saved search to whoever has the link of its mail",
    "sign-in": "names no record",
    "sign-out": "names no record",
    "sign-in-again": "names no record",
    **dict.fromkeys(OWN_SECURITY, "a person's own sign-in, second factor and sessions; names no record"),
    "type-code": "names no record",
    "accept-invitation": "names the person who has the code, and no record",
    "any-record": "leads to a record of the lists of the same reader; tests/library/pages/test_any_record.py",
    "search-detailed": "an empty form",
    "save-data": "sets a cookie of one character and names nothing",
    "healthz": "says nothing of anything",
    "readyz": "says only which services answer",
    "metrics": "numbers without names, for this machine or with a token; tests/library/operations/test_metrics.py",
    "robots": "names no record",
    **dict.fromkeys(("words", "concept", "word-list"), "rows of published word lists; names no record"),
    "library-card": "the library's own card",
    **dict.fromkeys(("group-card", "province-card", "commune-card"), "the name of a people or a place; names no record"),
    "story-card": "the title of a public story; tests/library/pages/shared/test_share_cards.py",
    "former-provinces": "the names of the 63 provinces",
    "places-near": "names and points of communes; names no record",
    "packs-withdrawn": "identifiers of what was withdrawn or closed, without a word of it; tests/library/packs/test_withdrawal.py",
    "packs-key": "the public key of the signature under packs",
    "opensearch": "names no record",
    **dict.fromkeys(("worker", "manifest", "kept", "unreachable"), "names no record: what a browser keeps is known to it alone"),
    "sitemap": "names the sections; each section is in test_public_pages",
    "sitemap-section": "addresses without titles; test_public_pages asks for public ones only",
}


def test_every_entry_point_shows_a_record_exactly_when_the_access_rule_says(readers, records_by_level):
    errors = []
    answers = {entry_point.name: set() for entry_point in ENTRY_POINTS}
    for reader, user in readers.items():
        client = Reader()
        if user is not None:
            client.force_login(user)
        viewer = User.objects.get(pk=user.pk).viewer if user else ANONYMOUS
        for level, arranged in records_by_level.items():
            record = Record.objects.get(pk=arranged.pk)
            for entry_point in ENTRY_POINTS:
                shown, expected = entry_point.shows(client, record), entry_point.expected(viewer, record)
                answers[entry_point.name].add(shown)
                if shown != expected:
                    errors.append(f"{entry_point.name}: {reader} {'sees' if shown else 'does not see'} what is {level}")
    assert not errors, "\n".join(errors)
    assert [name for name, shown in answers.items() if shown != {True, False}] == [], "asked only what it always, or never, shows"


@pytest.mark.django_db  # no transaction of its own: on PostgreSQL the tables are empty after a test that has one
def test_the_records_and_readers_are_of_every_level_and_every_role(readers, records_by_level):
    assert set(records_by_level) == {*LEVELS, "draft"}
    for level, arranged in records_by_level.items():
        record = Record.objects.get(pk=arranged.pk)
        assert record.access_level == (PUBLIC if level == "draft" else level)
        assert record.live == (level not in {WITHDRAWN, "draft"})
    roles = {group.name for user in readers.values() if user for group in user.groups.all()}
    assert roles == {role.name for role in ROLES}


def _names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not str(pattern.pattern).startswith("admin/") and "wagtail_serve" not in str(pattern.url_patterns):
                yield from _names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield namespace + pattern.name


def test_every_public_address_is_an_entry_point_of_the_table_or_says_why_not():
    covered = {address for entry_point in ENTRY_POINTS for address in entry_point.addresses} | set(NOT_TO_RECORDS)
    assert set(_names(get_resolver().url_patterns)) - covered == set()
