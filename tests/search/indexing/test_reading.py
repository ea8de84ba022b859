"""Records read in bulk give the documents that model objects give, and a rebuild goes on where it was killed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.records.models import Record, RecordLabel, RecordMedia, RecordPerson, RecordRelation
from library.vocabularies.models import AdminUnit
from media_pipeline.models import Asset, Blob
from search.engines.registry import engine, forget_engines
from search.indexing import rebuild
from search.indexing.documents import document_of, indexable
from search.indexing.reading import RecordReader
from search.models import IndexedVersion
from tests.factories import make_community, make_group, make_record, make_term

pytestmark = pytest.mark.django_db


def make_full_record() -> Record:
    """A record with a row in every table that a document reads."""
    group = make_group("08", "Mông", "Hmong")
    province = AdminUnit.objects.create(level="province", code="15", label_vi="Lào Cai", slug="lao-cai", latitude=22.3, longitude=104.1)
    commune = AdminUnit.objects.create(level="commune", code="1501", label_vi="Bắc Hà", slug="bac-ha", parent=province)
    person = make_record("Giàng A Páo")
    record = make_record(
        "Lễ hội Gầu Tào", title_en="Gau Tao", groups=[make_group("09", "Dao", "Dao"), group], places=[commune, province],
        former_units=[province], communities=[make_community()], own_access="community", place_recorded="bản Phố",
        languages=[make_term("languages", "hmn", "tiếng Mông")],
    )  # fmt: skip
    record.subgroups = [group.names.create(name="Mông Hoa", kind="subgroup"), group.names.create(name="Tên Cũ", kind="x", display=False)]
    record.warnings = [make_term("content_warnings", "sacred", "Nội dung thiêng")]
    record.texts.add(record.texts.model(role="vernacular_title", language="hmn", text="Gâux Taox"))
    record.dates.add(record.dates.model(edtf="1975?", wording="khoảng năm 1975"))
    record.tags.add("khèn", "đầu năm")
    record.save()
    RecordPerson.objects.create(record=record, person=person, role="singer")
    RecordPerson.objects.create(record=record, name="Bà Mỷ", role="teller")
    RecordRelation.objects.create(record=record, kind="part_of", target=make_record("Nghề dệt"))
    RecordLabel.objects.create(record=record, label=make_term("local_contexts_labels", "tk-a"))
    blob = Blob.objects.create(area="original", sha256="0" * 64, size=1, key="o/1", mime="image/jpeg")
    asset = Asset.objects.create(kind="image", original=blob, name_as_given="1.jpg", format="jpeg", state="ready")
    track = asset.tracks.create(role="ocr", language="vi", shown=True)
    track.segments.create(order=1, page=1, text="chữ trên ảnh")
    RecordMedia.objects.create(record=record, asset=asset, alt_vi="Cây nêu")
    return record


def test_a_row_gives_the_document_that_a_model_object_gives() -> None:
    make_full_record()
    make_record("Bản nháp", published=False)
    objects = [document_of(record) for record in indexable(Record.objects.all()).order_by("pk")]
    reader = RecordReader()
    keys = list(Record.objects.order_by("pk").values_list("pk", flat=True))
    assert [document_of(row) for row in reader.read(keys)] == objects
    assert [document_of(row) for row in reader.read_between(keys[0], keys[-1])] == objects


def test_reading_more_records_asks_no_more_queries() -> None:
    make_full_record()
    reader = RecordReader()
    keys = list(Record.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as few:
        reader.read(keys)
    keys += [make_record(f"Hội {number}").pk for number in range(5)]
    with CaptureQueriesContext(connection) as many:
        reader.read(keys)
    assert len(many) == len(few)


def test_a_rebuild_that_was_killed_loads_only_what_is_missing(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path
    forget_engines()
    records = [make_record(f"Hội {number}") for number in range(6)]
    monkeypatch.setattr(rebuild, "CHUNK", 2)
    killed = engine("embedded").begin_rebuild()
    rebuild._load("embedded", killed, rebuild.Study(), {}, RecordReader().read([record.pk for record in records[:4]]))
    list(rebuild.walk(killed))  # durable now
    loaded: list[int] = []
    real = type(killed).load
    monkeypatch.setattr(type(killed), "load", lambda self, writes: real(self, [loaded.append(w.id) or w for w in writes]))  # type: ignore[func-returns-value]
    assert rebuild.rebuild_index("embedded") == 6
    assert loaded == [record.pk for record in records[4:]]
    assert IndexedVersion.objects.filter(sink="embedded").count() >= 6
    forget_engines()
