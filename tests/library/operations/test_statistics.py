"""The database is told what stands in its tables, by the regular work of the library."""

import pytest
from django.db import connection

from library.operations.statistics import refresh_statistics
from library.regular_work import WORK
from tests.factories import make_record


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its statistics by itself")
def test_the_regular_work_gives_the_database_statistics_of_the_records():
    make_record("Lễ hội Gầu Tào")
    next(work for work in WORK if work.run is refresh_statistics).run()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'records_record'")
        assert cursor.fetchone()[0] > 0
