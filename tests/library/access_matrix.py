"""One person of each kind and one record of each access level: the rows and columns of every access test."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from library.access import COMMUNITY, PUBLIC, SIGNED_IN, STAFF, WITHDRAWN
from library.accounts.models import User
from library.records.actions.withdraw import withdraw
from library.records.models import Record, RecordDate, RecordMedia, RecordRelation
from library.vocabularies.models import AdminUnit
from media_pipeline.intake.ingest import ingest
from search.indexing.outbox import drain_all
from tests.factories import make_community, make_group, make_office, make_record, make_user

LEVELS = (PUBLIC, SIGNED_IN, COMMUNITY, STAFF, WITHDRAWN, "draft")


@pytest.fixture
def readers() -> dict[str, User | None]:
    """One person of each kind; None is nobody."""
    here, elsewhere = make_office("tinh-15"), make_office("tinh-1")
    own, other = make_community("cua-minh"), make_community("khac")
    return {
        "anonymous": None,
        "signed in": make_user(),
        "member": make_user(communities=(own,)),
        "member of another community": make_user(communities=(other,)),
        "contributor": make_user("contributor", here),
        "officer in charge": make_user("cataloguer", here),
        "officer elsewhere": make_user("reviewer", elsewhere),
        "ministry": make_user("reviewer", make_office("bo")),
        "archivist": make_user("administrator", make_office("bo")),
    }


@pytest.fixture
def records_by_level(readers) -> dict[str, Record]:
    """One record of each level: a festival of tomorrow in a commune, with a file, dated to a day like today.

    One public record is related to each, another shares their commune.
    """
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai")
    commune = AdminUnit.objects.create(level="commune", code="03013", label_vi="Xã Tả Phìn", slug="xa-ta-phin", parent=province)
    former = AdminUnit.objects.create(level="former_province", code="10", label_vi="Lào Cai", slug="lao-cai")
    district = AdminUnit.objects.create(level="former_district", code="088", label_vi="Thị xã Sa Pa", slug="thi-xa-sa-pa", parent=former)
    hub = make_record("Bản Hồ", source_key="hub")
    make_record("Bản bên", source_key="beside", places=[commune])
    records = {}
    for number, level in enumerate(LEVELS):
        own_access = level if level in {SIGNED_IN, COMMUNITY, STAFF} else PUBLIC
        record = make_record(
            f"Hội mùa {'zyxwvu'[number] * 3}ang",
            record_type="festival",
            details=[{"type": "festival", "value": _tomorrow()}],
            own_access=own_access,
            published=level != "draft",
            groups=[make_group("08")],
            communities=[make_community("cua-minh")],
            places=[commune],
            former_units=[district],
        )
        asset = ingest(_picture(number), f"anh-{number}.png")
        asset.publish_original, asset.uploaded_by = True, readers["contributor"]
        asset.save()
        RecordMedia.objects.create(record=record, asset=asset, alt_vi="Ảnh", own_access=PUBLIC)
        RecordDate.objects.create(record=record, edtf=f"1956-{timezone.localdate():%m-%d}")
        record.save()
        RecordRelation.objects.create(record=hub, kind="describes", target=record)
        if level == WITHDRAWN:
            withdraw(record, user=readers["ministry"], reason="x")
        records[level] = record
    drain_all()
    call_command("rebuild_index", stdout=io.StringIO())  # of another test it may hold newer versions of these very keys
    return records


def _tomorrow() -> dict[str, object]:
    """Profile fields of a festival that is held every year on the day after today, so that calendar and home page list it."""
    day = timezone.localdate() + timedelta(days=1)
    rule = {"calendar": "gregorian", "start_month": day.month, "start_day": day.day}
    words = {"text": f"ngày {day.day} tháng {day.month} dương lịch", "lang": "vi"}
    return {"calendar": "gregorian", "date_rule": rule, "rule_text": words, "cycle": "yearly", "attendance": {"rule": "everyone"}}


def _picture(number: int) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (8 + number, 8), (number * 20, 90, 90)).save(file, "PNG")
    file.seek(0)
    return file
