"""An office of Lào Cai with its officer, and the few authorities that the tables of these tests name."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest

from library.exchange.actions.match import match_columns, run
from library.exchange.actions.receive import receive
from library.exchange.actions.work import advance_imports
from library.exchange.models import Import
from library.vocabularies.lookup import forget_term_labels
from library.vocabularies.models import AdminChange, AdminUnit, GroupName
from media_pipeline.storage import main_storage
from tests.factories import make_group, make_office, make_term, make_user


@pytest.fixture
def province(db: None, tmp_path: Any, settings: Any) -> SimpleNamespace:
    """Two provinces, communes of one name in both, a former commune that was divided, three peoples."""
    settings.MEDIA_STORAGE, settings.MEDIA_SCRATCH = str(tmp_path / "media"), tmp_path / "scratch"
    main_storage().prepare()
    forget_term_labels()
    office = make_office("tinh-15")
    for vocabulary, code, label in (
        ("rights_statements", "CNE", "Chưa xác định"),
        ("calendars", "vn-lunar", "Âm lịch Việt Nam"),
        ("calendars", "gregorian", "Dương lịch"),
        ("languages", "hmn", "tiếng Mông"),
    ):
        make_term(vocabulary, code, label)
    groups = [make_group("08", "Mông"), make_group("09", "Dao", "Dao"), make_group("05", "Thái", "Thai")]
    GroupName.objects.create(group=groups[0], name="H'mông", kind="other")
    GroupName.objects.create(group=groups[1], name="Dao đỏ", kind="subgroup")
    for group in groups[1:]:
        GroupName.objects.create(group=group, name="Mán", kind="deprecated", display=False)
    _units()
    return SimpleNamespace(office=office, user=make_user("cataloguer", office), groups=groups)


def _units() -> None:
    level = AdminUnit.Level
    here = AdminUnit.objects.create(level=level.PROVINCE, code="15", label_vi="Lào Cai")
    there = AdminUnit.objects.create(level=level.PROVINCE, code="08", label_vi="Tuyên Quang")
    old = AdminUnit.objects.create(level=level.FORMER_PROVINCE, code="02", label_vi="Hà Giang")
    district = AdminUnit.objects.create(level=level.FORMER_DISTRICT, code="031", label_vi="Huyện Bắc Mê", parent=old)
    commune = AdminUnit.objects.create(level=level.FORMER_COMMUNE, code="1006", label_vi="Xã Yên Định", parent=district)
    whole = AdminUnit.objects.create(level=level.FORMER_COMMUNE, code="1007", label_vi="Xã Túng Sán", parent=district)
    names = (("1", "Xã Tả Phìn", here), ("2", "Xã Tân Tiến", here), ("3", "Xã Tân Tiến", there), ("4", "Xã Ngọc Đường", there))
    units = {code: AdminUnit.objects.create(level=level.COMMUNE, code=code, label_vi=name, parent=above) for code, name, above in names}
    for former, new, how in ((commune, "4", "part"), (commune, "3", "part"), (whole, "3", "whole")):
        AdminChange.objects.create(old=former, new=units[new], how=how, effective=date(2025, 7, 1))


def work() -> None:
    """What the worker does until nothing waits."""
    while advance_imports():
        pass


@pytest.fixture
def checked(province: SimpleNamespace) -> Callable[..., Import]:
    """An import of a file, checked; ``chosen`` changes the place of columns by their number."""

    def make(content: bytes, name: str = "kiem-ke.csv", *, existing: str = "fill", chosen: dict[int, str] | None = None) -> Import:
        job = receive(province.user, province.office, "festival", BytesIO(content), name)
        work()
        job.refresh_from_db()
        assert job.state == "mapping", job.problem
        mapping = [(chosen or {}).get(at, key or "-") for at, key in enumerate(job.mapping)]
        match_columns(job, mapping, [], existing, user=province.user)
        work()
        job.refresh_from_db()
        return job

    return make


@pytest.fixture
def imported(checked: Callable[..., Import], province: SimpleNamespace) -> Callable[..., Import]:
    """The same, and run."""

    def make(content: bytes, name: str = "kiem-ke.csv", **choices: Any) -> Import:
        job = checked(content, name, **choices)
        run(job, user=province.user)
        work()
        job.refresh_from_db()
        assert job.state == "done" and not job.problem
        return job

    return make
