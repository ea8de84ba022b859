"""Makes the database that the next release has to open: ``python -m tests.upgrade.make_database release-X.Y.sqlite3.xz``.

Run it once at each release, on the released code, and commit the file. It holds one of everything that keeps a name of our code
in its rows: content types, permissions, workflow tasks, revisions, log entries, references, jobs, outbox events.
"""

import io
import lzma
import os
import sqlite3
import sys
import tempfile
from datetime import date
from pathlib import Path


def main() -> None:
    """Migrates an empty SQLite database, fills it and writes it, packed."""
    folder = Path(tempfile.mkdtemp(prefix="library-release-"))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="library.settings.test",
        LIBRARY_VAR_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{folder}/release.sqlite3",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_roles")
    call_command("load_pages")
    fill()
    with sqlite3.connect(folder / "release.sqlite3") as database:
        database.execute("VACUUM INTO ?", [str(folder / "packed.sqlite3")])
    Path(sys.argv[1]).write_bytes(lzma.compress((folder / "packed.sqlite3").read_bytes(), preset=9))


def fill() -> None:
    """One record in each state, with a file, a relation and a reviewer's task; one saved search; one event of the outbox."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image
    from wagtail.models import Workflow

    from library.accounts.models import Membership
    from library.records.actions.publish import publish
    from library.records.actions.withdraw import withdraw
    from library.records.models import RecordMedia, RecordRelation
    from media_pipeline.intake.ingest import ingest
    from media_pipeline.models import Segment, TextTrack
    from search.models import SavedSearch, ZeroResultQuery
    from tests.factories import make_community, make_office, make_record, make_user

    office, community = make_office("tinh-15"), make_community("nguoi-mong-sa-pa")
    administrator, officer = make_user("administrator", office), make_user("cataloguer", office)
    keeper = make_user(communities=(community,))
    for user, name in ((administrator, "quan-tri"), (officer, "can-bo"), (keeper, "nguoi-giu")):
        user.username = name
        user.save()
    Membership.objects.filter(user=keeper).update(keeper=True)

    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 60, 30)).save(picture, "PNG")
    asset = ingest(SimpleUploadedFile("khan-theu.png", picture.getvalue()), "khan-theu.png", user=officer)
    track = TextTrack.objects.create(asset=asset, role=TextTrack.Role.OCR, language="vi", source=TextTrack.Source.MACHINE)
    Segment.objects.create(track=track, order=1, page=1, text="Khăn thêu của bà Giàng Thị Mỷ")

    published = make_record("Khăn thêu Sa Pa", published=False, office=office, communities=[community], user=officer)
    published.media.add(RecordMedia(asset=asset, alt_vi="Khăn thêu chỉ đỏ"))
    published.save()
    publish(published, user=administrator)
    published.title_vi = "Khăn thêu Sa Pa (đang sửa)"
    published.save_revision(user=officer)

    begun = make_record("Bản nháp đang chờ duyệt", published=False, office=office, created_by=officer)
    begun.save_revision(user=officer)
    begun.refresh_from_db()
    Workflow.objects.get().start(begun, officer)

    gone = make_record("Tư liệu đã gỡ", office=office)
    withdraw(gone, user=administrator, reason="Gia đình xin gỡ")

    related = make_record("Kỹ thuật thêu", office=office)
    RecordRelation.objects.create(record=related, target=published, kind="made_with")
    ZeroResultQuery.objects.create(day=date(2026, 11, 1), words="khan piêu do", mode="half", language="vi", count=5)
    SavedSearch.objects.create(user=keeper, name="Khăn", query="q=khan")


if __name__ == "__main__":
    main()
