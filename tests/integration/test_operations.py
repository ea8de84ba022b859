"""From one machine to a server: SQLite moves to PostgreSQL, backups go to a bucket, everything is lost and comes back."""

import subprocess
import uuid

import pytest

from tests.integration.library_processes import Library, bucket_account, new_database

pytestmark = pytest.mark.service("postgres", "s3")
FILL = """
import io
from django.core.management import call_command
call_command("load_roles", verbosity=0)
from PIL import Image
from tests.factories import make_record, make_user, make_office
from library.records.models import RecordMedia
from media_pipeline.intake.ingest import ingest
from media_pipeline.jobs.runner import run_one
from media_pipeline.storage import main_storage
main_storage().prepare()
make_user("reviewer", make_office("bo"))
for title, colour in (("Hội Gióng", "red"), ("Hội Lim", "green")):
    buffer = io.BytesIO(); Image.new("RGB", (64, 48), colour).save(buffer, "PNG"); buffer.seek(0)
    RecordMedia.objects.create(record=make_record(title), asset=ingest(buffer, colour + ".png"), alt_vi=title, sort_order=0)
while run_one(): pass
"""
TELL = """
from library.accounts.models import User
from library.records.models import Record
from media_pipeline.models import Blob
from media_pipeline.storage import main_storage
print(User.objects.count(), sorted(Record.objects.filter(live=True).values_list("title_vi", flat=True)))
print(sorted(Record.objects.get(title_vi="Hội Lim").revisions.values_list("content__title_vi", flat=True)))
print(sorted(blob.sha256 for blob in Blob.objects.filter(area="original") if main_storage().stat(blob.key)))
"""


@pytest.fixture
def database(postgres_url: str) -> str:
    """The address of an empty PostgreSQL database."""
    return new_database(postgres_url)


def test_a_library_moves_to_postgresql_once_is_backed_up_to_a_bucket_lost_and_restored(tmp_path, database, s3_url):
    bucket = bucket_account(s3_url)
    small = Library(tmp_path, **bucket)
    small.migrate()
    told = small.run(FILL + TELL)
    assert "Hội Gióng" in told
    assert "số dòng hai bên bằng nhau" in small.manage("move_database", database.partition("?")[0])  # an address without options
    with pytest.raises(AssertionError, match="has people in it already"):
        small.manage("move_database", database)

    server = Library(tmp_path, DATABASE_URL=database, **bucket)
    assert server.run(TELL) == told
    told = server.run("from tests.factories import make_record; make_record('Hội mới')" + TELL)  # keys go on counting
    backups = f"s3://backup-{uuid.uuid4().hex[:8]}/thu-vien"
    server.manage("backup", backups, "--init")
    server.run("from library.records.models import Record; Record.objects.all().delete()")
    subprocess.run(["rm", "-r", str(tmp_path / "media")], check=True)
    restored = server.manage("restore", backups, "--replace", "--new-storage")
    assert "chép lại 2 bản gốc" in restored
    assert server.run(TELL) == told
