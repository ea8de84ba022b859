"""What a person decides of a whole import: where columns go, to run it, to stop, to undo it. Single rows are in ``mend.py``."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import require_import
from ..columns.mapping import header_key, problems_of
from ..columns.table import columns_of
from ..models import Import, RememberedColumn, State
from ..models.imports import Existing


def match_columns(job: Import, mapping: Sequence[str], lunar: Sequence[str], existing: str, *, user: Any) -> None:
    """Sets where the columns go, remembers it for the office, and has all rows checked. Raises ValidationError."""
    require_import(user)
    columns = columns_of(job.record_type)
    known = {"", "-", *(column.key for column in columns)}
    if len(mapping) != len(job.header) or not set(mapping) <= known or existing not in Existing.values:
        raise ValidationError(_("Bảng khớp cột không hợp với tệp. Hãy mở lại trang này."))
    wrong = problems_of(mapping, columns)
    if wrong:
        raise ValidationError([_sentence(kind, name) for kind, name in dict.fromkeys(wrong)])
    with transaction.atomic():
        require_state(job, State.MAPPING)
        for name, key in zip(job.header, mapping, strict=True):
            RememberedColumn.objects.update_or_create(
                office=job.office, record_type=job.record_type, header=header_key(name), defaults={"key": key}
            )
        job.mapping, job.existing = list(mapping), existing
        job.lunar = [key for key in lunar if key in known]
        _begin(job, State.CHECKING)
        job.rows.update(outcome="", notes=[], noted="", code="", version="", finished=False)


def _sentence(kind: str, name: str) -> str:
    if kind == "unset":
        return _("Còn cột chưa chọn. Chọn một ô, hoặc “Không nhập cột này”.")
    if kind == "twice":
        return _("Hai cột cùng đưa vào ô “%(name)s”. Chọn lại một cột.") % {"name": name}
    return _("Chưa cột nào đưa vào ô “%(name)s”.") % {"name": name}


def back_to_matching(job: Import, *, user: Any) -> None:
    """Opens the choice of columns again, as long as nothing is written."""
    require_import(user)
    with transaction.atomic():
        require_state(job, State.CHECKED)
        if job.bag or job.records.exists():
            raise ValidationError(_("Lần nhập này đã ghi vào thư viện, không khớp cột lại được."))
        _begin(job, State.MAPPING)


def run(job: Import, *, user: Any) -> None:
    """Has the worker write what the check found to be right. After a stop it goes on with the rows that are left."""
    require_import(user)
    with transaction.atomic():
        require_state(job, State.CHECKED, State.DONE)
        job.user = user  # records are written in the name of whoever lets them in
        _begin(job, State.RUNNING)


def stop(job: Import, *, user: Any) -> None:
    """Stops the run after the rows that are being written; what is written stays."""
    require_import(user)
    with transaction.atomic():
        require_state(job, State.RUNNING)
        _begin(job, State.CHECKED)


def undo(job: Import, *, user: Any) -> None:
    """Has the worker take back all that the import wrote and nobody has changed since."""
    require_import(user)
    with transaction.atomic():
        require_state(job, State.CHECKED, State.DONE)
        job.user = user
        _begin(job, State.UNDOING)


def require_state(job: Import, *states: str) -> None:
    """Reads the import anew, and locks it. Raises ValidationError when somebody else has moved it on."""
    current = Import.objects.select_for_update().get(pk=job.pk)
    if current.state not in states:
        raise ValidationError(_("Lần nhập này vừa chuyển sang bước khác. Hãy mở lại trang."))
    job.refresh_from_db()


def _begin(job: Import, state: str) -> None:
    job.state, job.done, job.problem = state, 0, ""
    job.step_began_at = job.used_at = timezone.now()
    job.leased_until, job.lease_token, job.finished_at = None, "", None
    job.save()
