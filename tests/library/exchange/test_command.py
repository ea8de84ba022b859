"""``manage.py import_collection``: a folder is checked, then imported with its photographs, then taken back."""

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from library.exchange.models import Import
from library.records.models import Record, RecordMedia
from tests.factories import make_user
from tests.media_pipeline.fixtures import picture_bytes

from .sheets import workbook, write

pytestmark = pytest.mark.django_db
HEADER = ("Mã phiếu", "Tên", "DT", "Tên tệp ảnh, tiếng, phim", "Ghi chú")
ROWS = (("A1", "Hội Gầu Tào", "Mông", "1.jpg", "x"), ("A2", "Hội lạ", "Moông", "", ""))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kiem-ke"
    (folder / "anh").mkdir(parents=True)
    write(folder, "kiem-ke.xlsx", workbook(HEADER, *ROWS))
    write(folder / "anh", "1.jpg", picture_bytes())
    return folder


def _command(*arguments: object) -> str:
    out = StringIO()
    call_command("import_collection", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_folder_is_checked_written_once_and_taken_back(folder: Path, province: SimpleNamespace):
    who = ("--type", "festival", "--user", province.user.username)
    said = _command(folder, *who)
    assert "2 dòng đọc được = 1 thêm mới" in said and "Dòng 3, DT: “Moông”" in said and not Record.objects.exists()
    _command(folder, *who, "--write")
    assert RecordMedia.objects.get().record.title_vi == "Hội Gầu Tào"
    assert "1 bỏ qua" in _command(folder, *who, "--write") and Record.objects.count() == 1
    written = Import.objects.get(records__isnull=False)
    assert "Đã hoàn tác" in _command("--undo", written.pk, "--user", province.user.username)
    assert not Record.objects.exists()


def test_columns_are_chosen_by_name(folder: Path, province: SimpleNamespace):
    said = _command(folder, "--type", "festival", "--user", province.user.username, "--column", "DT=-", "--column", "Ghi chú=credit")
    assert "2 thêm mới" in said
    assert Import.objects.get().mapping == ["code", "title_vi", "-", "media", "credit"]


def test_a_link_and_a_person_without_the_right_are_refused(folder: Path, province: SimpleNamespace):
    with pytest.raises(CommandError, match="không được nhập"):
        _command(folder, "--type", "festival", "--user", make_user("contributor", province.office).username)
    (folder / "anh" / "2.jpg").symlink_to("/etc/passwd")
    with pytest.raises(CommandError, match="lối tắt"):
        _command(folder, "--type", "festival", "--user", province.user.username)
    job = Import.objects.get()
    assert job.state == "refused" and job.problem and not job.lease_token
