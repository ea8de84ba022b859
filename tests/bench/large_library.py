"""Multiplies the starter collection: a library of so many records in minutes, with the rows that publishing each of them would leave.

Rows are copied by the database itself, table by table: every copy of the collection stands ``STRIDE`` keys further on. Titles, names,
dates of publication, days of festivals and access levels differ; each live record has its published revision and its log entry.
"""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from library.operations.statistics import refresh_statistics
from library.records.festivals.occurrences import update_all
from library.records.models import FestivalOccurrence, Record
from library.records.models.identifiers import mint_many
from media_pipeline.text.names import key_of
from tests.bench.search_records import Words

STRIDE = 100_000  # keys between a record and its copy in the next copy of the collection; revisions stand at the same keys
YEARS = 5  # over which the copies were published
PUBLISHED = "wagtail.publish"
LEVELS = (("public", 950), ("signed_in", 30), ("staff", 20))  # of a thousand copies


def fill(count: int, seed: int = 5) -> None:
    """Adds copies until the library has ``count`` records; then refreshes the statistics of the database."""
    originals = list(Record.objects.order_by("pk").values())
    contents = _contents([row["id"] for row in originals])
    choose = random.Random(seed)
    words = Words(choose)
    missing, number = count - len(originals), 0
    while missing > 0:
        number += 1
        chosen = originals[:missing]
        with transaction.atomic():
            _copy(chosen, contents, number * STRIDE, choose, words)
        missing -= len(chosen)
    update_all()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Record, Revision]):
            cursor.execute(statement)
    refresh_statistics()


def log_publications() -> None:
    """Log entries of the starter collection, as publishing its records would leave them: a history that is empty compares with none."""
    kind = ContentType.objects.get_for_model(Record)
    logged = set(ModelLogEntry.objects.filter(content_type=kind, action=PUBLISHED).values_list("object_id", flat=True))
    live = Record.objects.filter(live=True).values("id", "title_vi", "updated_at")
    _log(kind, [row for row in live if str(row["id"]) not in logged])


def _copy(originals: list[dict[str, Any]], contents: dict[int, dict[str, Any]], offset: int, choose: random.Random, words: Words) -> None:
    rows = [_record(row, offset, choose, words) for row in originals]
    for row, identifier in zip(rows, mint_many(len(rows)), strict=True):
        row["identifier"] = identifier
        row["name_key"] = key_of(row[source] for source in ("title_vi", "title_en", "identifier"))
    _insert(Record, rows)
    last = originals[-1]["id"]
    for table, columns, moved in _child_tables():
        _copy_rows(table, columns, moved, offset, last)
    _publish(rows, contents)


def _record(row: dict[str, Any], offset: int, choose: random.Random, words: Words) -> dict[str, Any]:
    published = timezone.now() - timedelta(seconds=choose.randrange(YEARS * 365 * 86_400))
    level = choose.choices([name for name, _share in LEVELS], [share for _name, share in LEVELS])[0]
    live = row["live"]
    extra = words.some(2)
    return row | {
        "id": row["id"] + offset,
        "source_key": None,
        "title_vi": f"{row['title_vi']} {extra}"[:400],
        "title_en": f"{row['title_en']} {extra}"[:400] if row["title_en"] else "",
        "summary_vi": f"{row['summary_vi']} {words.some(12)}" if row["summary_vi"] else "",
        "details": _details(row["details"].get_prep_value(), choose),
        "own_access": level,
        "access_level": level,
        "first_published_at": published if live else None,
        "last_published_at": published if live else None,
        "created_at": published,
        "updated_at": published,
        "loaded_fingerprint": "",
    }


def _details(details: Any, choose: random.Random) -> list[dict[str, Any]]:
    """The profile's fields; a festival comes at another time of the year."""
    copy = json.loads(json.dumps(details))
    for block in copy:
        rule = block["value"].get("date_rule") or {}
        if rule.get("start_month") and rule.get("start_day"):
            month, day = choose.choice((1, 1, 1, 2, 2, 3, *range(1, 13))), choose.randint(1, 27)
            rule |= {"start_month": month, "start_day": day, "end_month": month, "end_day": day + choose.randint(0, 2)}
    return copy


def _insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = ([field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', list(values))


def _child_tables() -> Iterator[tuple[str, list[str], list[str]]]:
    """Table, its columns without the key, and those of them that point to records, for each table whose rows belong to one record."""
    models = {field.related_model for field in Record._meta.related_objects if field.related_model._meta.app_label == "records"}
    models.discard(FestivalOccurrence)  # made from the records
    models |= {field.remote_field.through for field in Record._meta.many_to_many if hasattr(field.remote_field, "through")}
    for model in sorted(models, key=lambda model: model._meta.db_table):
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        pointing = [field.column for field in fields if field.related_model is Record]
        yield model._meta.db_table, [field.column for field in fields], pointing


def _copy_rows(table: str, columns: list[str], moved: list[str], offset: int, last: int) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f'"{column}" + {offset}' if column in moved else f'"{column}"' for column in columns)
    own = " AND ".join(f'("{column}" IS NULL OR "{column}" <= {last})' for column in moved)
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE {own}')


def _contents(originals: list[int]) -> dict[int, dict[str, Any]]:
    """Key → what a revision of the record holds; the rows in it have no keys, as those of a revision that was never published."""
    contents = {}
    for record in Record.objects.filter(pk__in=originals).described():
        content = record.serializable_data()
        for rows in content.values():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and "pk" in row:
                    row["pk"] = None
        contents[record.pk] = content
    return contents


def _publish(rows: list[dict[str, Any]], contents: dict[int, dict[str, Any]]) -> None:
    """A revision and a log entry for each live record, as publishing it writes them."""
    kind = ContentType.objects.get_for_model(Record)
    live = [row for row in rows if row["live"]]
    Revision.objects.bulk_create(
        (
            Revision(
                pk=row["id"],
                content_type=kind,
                base_content_type=kind,
                object_id=str(row["id"]),
                created_at=row["first_published_at"],
                object_str=row["title_vi"],
                content=_content(row, contents[row["id"] % STRIDE]),
            )
            for row in live
        ),
        batch_size=500,
    )
    _log(kind, live)
    Record.objects.filter(live=True, pk__gt=rows[0]["id"] - 1, latest_revision=None).update(latest_revision=F("pk"), live_revision=F("pk"))


def _log(kind: ContentType, rows: list[dict[str, Any]]) -> None:
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(content_type=kind, object_id=str(row["id"]), label=row["title_vi"], action=PUBLISHED, timestamp=row["updated_at"])
            for row in rows
        ),
        batch_size=500,
    )


def _content(row: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    own = {name: row[name] for name in ("identifier", "title_vi", "title_en", "summary_vi", "own_access")}
    return content | own | {"pk": row["id"], "details": json.dumps(row["details"]), "latest_revision": row["id"]}
