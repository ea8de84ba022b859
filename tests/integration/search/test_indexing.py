"""What keeps the index true: the outbox and its worker, the comparison with the database, the rebuild, an index that was away."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from background.work import Work
from library.access import ANONYMOUS
from library.records.actions.withdraw import withdraw
from library.records.models import Record
from search import maintenance
from search.engines.base import EngineUnavailable, SearchDocument, Write, walk
from search.engines.elastic import ElasticEngine
from search.engines.registry import engine, forget_engines
from search.indexing import outbox
from search.indexing.rebuild import rebuild_index
from search.indexing.reconcile import reconcile
from search.maintenance import rebuild_outdated
from search.management.commands import index_worker
from search.models import IndexedVersion, IndexEvent
from tests.factories import make_group, make_record, make_user

from .searching import drain, fresh, titles

NOBODY_LISTENS = "http://127.0.0.1:9"
pytestmark = pytest.mark.django_db


def test_a_rolled_back_save_leaves_no_event(site: str) -> None:
    record = make_record("Lễ hội Gầu Tào")
    drain(site)
    with pytest.raises(RuntimeError), transaction.atomic():
        record.save()
        assert IndexEvent.objects.exists()
        raise RuntimeError
    assert not IndexEvent.objects.exists()


def test_a_renamed_group_reaches_the_documents_of_its_records(site: str, client: Client) -> None:
    group = make_group("08", "Mông", "Hmong")
    make_record("Gầu Tào", groups=[group])
    drain(site)
    group.name_en = "Miaohmong"
    group.save()
    drain(site)
    assert titles(client, "miaohmong") == ["Gầu Tào"]


def test_nothing_is_lost_while_the_index_is_down(site: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [make_record(f"Hội {number}") for number in range(5)]
    drain(site)

    def refuse(batch: list[Write]) -> None:
        raise EngineUnavailable("down")

    monkeypatch.setattr(engine(site), "write", refuse)
    withdraw(kept[0], user=make_user("administrator", kept[0].office), reason="cộng đồng yêu cầu")
    make_record("Hội mới")
    assert outbox.drain_all() == 0
    assert set(IndexEvent.objects.values_list("attempts", "dead")) == {(0, False)}
    monkeypatch.undo()
    outbox._paused_until.clear()
    drain(site)
    assert {record for record, _ in walk(engine(site))} == set(Record.objects.visible_to(ANONYMOUS).values_list("pk", flat=True))


def test_a_record_that_cannot_be_read_becomes_a_dead_letter_and_blocks_nobody(
    site: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_record("Hội hỏng")
    make_record("Hội lành")
    real = outbox.document_of

    def build(record: Record) -> Any:
        if record.pk == broken.pk:
            raise ValueError("no title")
        return real(record)

    monkeypatch.setattr(outbox, "document_of", build)
    for _ in range(outbox.MOST_ATTEMPTS):
        IndexEvent.objects.update(next_try="2000-01-01T00:00Z")
        drain(site)
    assert titles(client, "hội") == ["Hội lành"]
    assert set(outbox.dead_letters().values_list("object_id", "last_error")) == {(broken.pk, "ValueError: no title")}
    monkeypatch.undo()
    outbox.try_again(outbox.dead_letters())
    drain(site)
    assert set(titles(client, "hội")) == {"Hội lành", "Hội hỏng"}


def test_reconcile_finds_and_mends_what_differs(site: str, client: Client) -> None:
    records = [make_record(f"Hội {number}") for number in range(3)]
    drain(site)
    assert reconcile(site).total == 0
    engine(site).write([Write(records[0].pk, 10**6, None)])
    IndexedVersion.objects.filter(record_id=records[1].pk).update(version=0)
    engine(site).refresh()
    found = reconcile(site)
    assert (found.missing, found.stale, found.surplus) == (1, 1, 0)
    assert set(IndexEvent.objects.values_list("object_id", flat=True)) == {records[0].pk, records[1].pk}
    assert reconcile(site).total == 0, "what waits in the outbox is left to it"


def test_reconcile_compares_chunk_by_chunk(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [make_record(f"Hội {number}").pk for number in range(6)]
    drain(site)
    gone, above = records[1], records[-1] + 7
    nothing = SearchDocument(id=0, texts={}, access_tokens=())
    engine(site).write([Write(gone, 10**6, None), *(Write(above + number, 1, replace(nothing, id=above + number)) for number in range(4))])
    Record.objects.filter(pk=records[3]).update(live=False)
    engine(site).refresh()
    asked: list[int] = []
    real = type(engine(site)).ids_and_versions
    watched = lambda self, after, limit: asked.append(limit) or real(self, after, limit)  # noqa: E731
    monkeypatch.setattr(type(engine(site)), "ids_and_versions", watched)
    surplus = [records[3], *range(above, above + 4)]
    for at_once in (1, 2, 3, 100):
        monkeypatch.setattr("search.indexing.reconcile.CHUNK", at_once)
        asked.clear()
        found = reconcile(site)
        assert set(asked) == {at_once}
        assert (found.missing, found.stale, found.surplus) == (1, 0, 5)
        assert sorted(IndexEvent.objects.values_list("object_id", flat=True)) == [gone, *surplus]
        IndexEvent.objects.all().delete()


def test_a_rebuild_holds_what_the_database_holds(site: str, client: Client) -> None:
    for number in range(3):
        make_record(f"Hội {number}")
    assert rebuild_index(site) == 3
    engine(site).refresh()
    assert len(titles(client, "hội")) == 3
    drain(site)
    assert reconcile(site).total == 0


def test_the_command_drains_once_and_ends(site: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_record("Lễ hội Gầu Tào")
    monkeypatch.setattr("background.loop.close_old_connections", lambda: None)
    call_command("index_worker", "--once")
    engine(site).refresh()
    assert titles(client, "gầu tào") == ["Lễ hội Gầu Tào"]


@pytest.fixture
def signals_as_before() -> Iterator[None]:
    """Puts back the handlers that the worker takes over."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_drains_until_it_is_told_to_stop(
    site: str, client: Client, number: signal.Signals, signals_as_before: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_record("Lễ hội Gầu Tào")
    monkeypatch.setattr(maintenance, "UPKEEP", [Work("stop", lambda: signal.raise_signal(number))])
    monkeypatch.setattr("background.loop.close_old_connections", lambda: None)
    call_command("index_worker")
    engine(site).refresh()
    assert titles(client, "gầu tào") == ["Lễ hội Gầu Tào"]


def test_the_worker_survives_a_round_that_fails(site: str, signals_as_before: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[str] = []

    def fail_once() -> None:
        rounds.append("round")
        if len(rounds) == 1:
            raise OSError("disk full")
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(maintenance, "DRAINING", [Work("outbox", fail_once)])
    monkeypatch.setattr(maintenance, "UPKEEP", [])
    monkeypatch.setattr("background.loop.close_old_connections", lambda: None)
    monkeypatch.setattr("background.loop.FIRST_WAIT", 0.01)
    monkeypatch.setattr(index_worker, "IDLE", 0.01)
    call_command("index_worker")
    assert len(rounds) == 2


@pytest.mark.service("elasticsearch")
def test_changes_made_while_elasticsearch_is_away_are_in_the_index_after_its_return(
    settings: Any, tmp_path: Path, client: Client, elasticsearch_url: str
) -> None:
    settings.SEARCH_INDEX_DIR, settings.SEARCH_ENGINE, settings.SEARCH_FALLBACKS = tmp_path, "elasticsearch", []
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:8]}"
    settings.ELASTICSEARCH_URL = elasticsearch_url
    fresh()
    early = [make_record(f"Hội cũ {number}") for number in range(10)]
    drain("elasticsearch")
    settings.ELASTICSEARCH_URL = NOBODY_LISTENS
    fresh()
    staff = make_user("administrator", early[0].office)
    for record in early[:5]:
        withdraw(record, user=staff, reason="cộng đồng yêu cầu")
    for record in early[5:]:
        record.title_vi = f"{record.title_vi} đổi tên"
        record.save()
    for number in range(15):
        make_record(f"Hội mới {number}")
    assert outbox.drain_all() == 0
    assert client.get("/tim-kiem/", {"q": "hội"}).status_code == 503
    settings.ELASTICSEARCH_URL = elasticsearch_url
    fresh()
    drain("elasticsearch")
    made = engine("elasticsearch")
    assert isinstance(made, ElasticEngine)
    assert {record for record, _ in walk(made)} == set(Record.objects.visible_to(ANONYMOUS).values_list("pk", flat=True))
    assert client.get("/tim-kiem/", {"q": "hội"}).context["results"].total == 20
    assert len(titles(client, '"đổi tên"')) == 5
    assert not IndexEvent.objects.exists()
    made.delete_all()
    fresh()


def test_a_worker_that_starts_rebuilds_an_index_made_for_other_facets(site: str, client: Client) -> None:
    make_record("Lễ hội Gầu Tào")
    rebuild_index(site)
    engine(site)._facets = ("other",)  # type: ignore[attr-defined]
    rebuild = engine(site).begin_rebuild()
    rebuild.activate()
    forget_engines()
    rebuild_outdated()
    engine(site).refresh()
    assert titles(client, "gầu tào") == ["Lễ hội Gầu Tào"]
