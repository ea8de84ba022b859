"""The verb that approves many records at once and tells each refusal; an import or a selection of a list calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from library.records.access.permissions import has_any_right
from library.records.models import Record

from ..models import ReviewStep, current_step
from .decide import approve


@dataclass(frozen=True, slots=True)
class RefusedApproval:
    """A record that was not approved, and why, in words. ``title`` is empty for a record that the person may not see."""

    key: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Approvals:
    """What became of many records: asked = published + passed to the next office + refused."""

    published: tuple[int, ...]
    passed_up: tuple[int, ...]
    refused: tuple[RefusedApproval, ...]


def approve_many(versions: Mapping[int, int | None], user: Any, *, comment: str = "") -> Approvals:
    """Approves the waiting step of each record, each in a transaction of its own: one refusal stops no other.

    ``versions``: the key of each record → the key of the version that was read. A record that has a newer version is refused.
    """
    published, passed_up, refused = [], [], []
    for key, version in versions.items():
        record = Record.objects.select_related("office", "latest_revision").filter(pk=key).first()
        reason = _approve_one(record, version, user, comment)
        if reason:
            title = record.title if record is not None and has_any_right(user, record) else ""
            refused.append(RefusedApproval(key, title, reason))
        elif current_step(record) is not None:
            passed_up.append(key)
        else:
            published.append(key)
    return Approvals(tuple(published), tuple(passed_up), tuple(refused))


def _approve_one(record: Record | None, version: int | None, user: Any, comment: str) -> str:
    """Why it was not approved; empty when it was."""
    if record is None or not has_any_right(user, record):
        return _("Không có tư liệu này, hoặc tư liệu không thuộc cơ quan của bạn.")
    step: ReviewStep | None = current_step(record)
    if step is None:
        return _("Tư liệu không chờ duyệt.")
    try:
        approve(step, user, revision=version, comment=comment)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied as error:
        return str(error) or _("Bước duyệt này không dành cho bạn.")
    return ""
