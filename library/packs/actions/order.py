"""Ordering a pack. Equal orders are one: a reader is led to the issue that is there, or being built."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from background.leases import FREE

from ..access import may_order
from ..estimate import estimates
from ..models import IssueState, Pack, PackIssue, Weight
from ..subjects import Subject, subject_of

FRESH = timedelta(days=1)  # a reader is given an issue as old as that
MOST_WAITING = 20  # issues that wait for the worker, before readers are asked to come again
ORDERED = "packs.order"  # in the log


def order_as_reader(subject: Subject, weight: str, language: str) -> Pack:
    """The pack of the choice, with an issue that is ready or being built. Raises ValidationError when nothing can be ordered now."""
    pack = _pack(subject, weight, language)
    if _is_fresh(pack) or pack.issues.filter(state__in=PackIssue.AT_WORK).exists():
        return pack
    estimate = estimates(subject)[weight]
    if PackIssue.objects.filter(state__in=PackIssue.AT_WORK).count() >= MOST_WAITING or _stored() + estimate > settings.PACK_BYTES:
        raise ValidationError(_("Đang có nhiều gói quá. Hãy lấy một gói có sẵn, hoặc quay lại ngày mai."))
    _begin(pack, estimate)
    return pack


def order_as_staff(subject: Subject, weight: str, language: str, *, user: Any) -> PackIssue:
    """A new issue, whatever there is; the one at work where there is one. Raises PermissionDenied, and ValidationError without records."""
    if not may_order(user):
        raise PermissionDenied
    pack = _pack(subject, weight, language)
    log(user, ORDERED, user=user, data={"pack": str(pack)})
    return _begin(pack, estimates(subject)[weight], user)


def order_again(pack: Pack) -> PackIssue | None:
    """A new issue in the place of one that was closed; none where the subject is gone."""
    with translation.override(pack.language):
        subject = subject_of(pack.subject)
    return _begin(pack, estimates(subject)[pack.weight]) if subject is not None and subject.records.exists() else None


def stop(issue: PackIssue, *, user: Any) -> None:
    """Stops the work; what is written so far is thrown away."""
    _move(issue, user, (IssueState.BUILDING,), IssueState.STOPPED)


def resume(issue: PackIssue, *, user: Any) -> None:
    """Has the worker begin again with an issue that was stopped, or has failed."""
    _move(issue, user, (IssueState.STOPPED, IssueState.FAILED), IssueState.BUILDING)


def _pack(subject: Subject, weight: str, language: str) -> Pack:
    if weight not in Weight.values or language not in dict(settings.LANGUAGES):
        raise ValidationError(_("Không có lựa chọn này."))
    if not subject.records.exists():
        raise ValidationError(_("Chưa có tư liệu nào ai cũng xem được để làm gói."))
    with translation.override(language):
        own = subject_of(subject.value) or subject
    choice = {"kind": own.kind, "key": own.key, "weight": weight, "language": language}
    return Pack.objects.get_or_create(**choice, defaults={"name": own.name})[0]


def _is_fresh(pack: Pack) -> bool:
    """Whether there is an issue that was built, or found to have nothing new, not long ago."""
    looked_at = pack.issues.filter(state__in=(IssueState.READY, IssueState.UNCHANGED), finished_at__gt=timezone.now() - FRESH)
    return looked_at.exists() and pack.issues.filter(state=IssueState.READY).exists()


def _begin(pack: Pack, estimate: int, user: Any = None) -> PackIssue:
    with transaction.atomic():
        Pack.objects.select_for_update().get(pk=pack.pk)  # two orders in one moment are one
        at_work = pack.issues.filter(state__in=PackIssue.AT_WORK).first()
        return at_work or PackIssue.objects.create(pack=pack, estimate=estimate, ordered_by=user)


def _stored() -> int:
    stored = PackIssue.objects.exclude(key="").aggregate(total=Sum(F("size") + F("delta_size")))["total"]
    return stored or 0


def _move(issue: PackIssue, user: Any, states: tuple[str, ...], state: str) -> None:
    """Raises PermissionDenied; and ValidationError when the issue has been moved on meanwhile."""
    if not may_order(user):
        raise PermissionDenied
    with transaction.atomic():
        Pack.objects.select_for_update().get(pk=issue.pack_id)
        other = PackIssue.objects.filter(pack=issue.pack_id, state__in=PackIssue.AT_WORK).exclude(pk=issue.pk)
        if (state in PackIssue.AT_WORK and other.exists()) or not PackIssue.objects.filter(pk=issue.pk, state__in=states).update(
            state=state, problem="", done=0, **FREE
        ):
            raise ValidationError(_("Gói này vừa chuyển sang bước khác. Hãy mở lại trang."))
    issue.refresh_from_db()
