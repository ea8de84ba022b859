"""Each person × each access level × each format: an export holds a record, a relation to it and its file exactly when the rule says so."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from library.access import STAFF, can_see, may_read_part
from library.accounts.models import User
from library.exchange.actions.exports import verbs
from library.exchange.formats.registry import FORMATS
from library.exchange.gathering.batch import Batch
from library.exchange.gathering.tell import tell_all
from library.records.models import Record, RecordMedia
from media_pipeline.models import Asset
from media_pipeline.storage import main_storage
from tests.library.access_matrix import *  # noqa: F403

pytestmark = pytest.mark.django_db
OUTSIDERS = ("signed in", "member", "member of another community")


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()


def _staff(readers: dict[str, User | None]) -> dict[str, User]:
    return {name: user for name, user in readers.items() if user is not None and name not in OUTSIDERS}


def _told(user: User, way: str) -> dict[str, str]:
    """Identifier → all that is told of the record."""
    batch = Batch(user.viewer, list(Record.objects.order_by("pk").values_list("pk", flat=True)))
    lines = [json.dumps(line, ensure_ascii=False) for line in tell_all(batch, way)]
    return {record.identifier: line for record, line in zip(batch.records, lines, strict=True)}


@pytest.mark.parametrize("code", FORMATS)
def test_an_export_holds_what_the_rule_shows(readers: dict[str, User | None], records_by_level: dict[str, Record], code: str):
    records = [Record.objects.get(pk=record.pk) for record in records_by_level.values()]
    for name, user in _staff(readers).items():
        told = _told(user, FORMATS[code].tell)
        for record in records:
            sees = can_see(user.viewer, record)
            assert (record.identifier in told) == sees, (name, record.access_level)
            assert any(record.title_vi in line for line in told.values()) == sees, (name, record.access_level)
            named = [line for identifier, line in told.items() if identifier != record.identifier and record.identifier in line]
            assert bool(named) == (sees and code in ("jsonl", "bag")), (name, record.access_level)


def test_originals_leave_only_with_whoever_may_have_them(readers: dict[str, User | None], records_by_level: dict[str, Record]):
    Asset.objects.update(publish_original=False)
    link = RecordMedia.objects.get(record=records_by_level["public"])
    for name, user in _staff(readers).items():
        may = may_read_part(user.viewer, STAFF, Record.objects.get(pk=link.record_id))
        assert (link.asset.original.key in _told(user, "bag")[link.record.identifier]) == may, name
        assert link.asset.original.key not in _told(user, "content")[link.record.identifier]


def test_a_file_that_is_closed_or_withdrawn_is_not_named(readers: dict[str, User | None], records_by_level: dict[str, Record]):
    link = RecordMedia.objects.get(record=records_by_level["public"])
    RecordMedia.objects.filter(pk=link.pk).update(own_access=STAFF)
    elsewhere, here = readers["officer elsewhere"], readers["officer in charge"]
    assert elsewhere is not None and here is not None
    for way in ("cells", "content", "bag"):
        assert link.asset.name_as_given not in _told(elsewhere, way)[link.record.identifier]
        assert link.asset.name_as_given in _told(here, way)[link.record.identifier]
    Asset.objects.filter(pk=link.asset_id).update(state=Asset.State.WITHDRAWN)
    assert link.asset.name_as_given not in _told(here, "content")[link.record.identifier]


def test_who_works_with_no_records_exports_nothing(readers: dict[str, User | None], records_by_level: dict[str, Record]):
    for name in OUTSIDERS:
        with pytest.raises(PermissionDenied):
            verbs.seen_keys(readers[name], Record.objects.all())
