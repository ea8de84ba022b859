"""Puts an office, with all offices below it, under another one: paths, rights and search index follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Office
from ..models.offices import path_under
from ..signals import office_moved
from .tree import check_path, check_place, lock_tree


@transaction.atomic
def move_office(office: Office, parent: Office | None, *, user: Any) -> None:
    """Moves the subtree in one transaction, with a fixed number of queries however large it is.

    Rights follow at once, because they are read from the paths; search follows by the signal ``office_moved``.
    Raises ValidationError when the parent stands below the office, or when the level does not fit.
    """
    lock_tree()
    office.refresh_from_db()
    if parent is not None:
        parent.refresh_from_db()
    if office.parent_id == (parent.pk if parent else None):
        return
    if parent is not None and parent.path.startswith(office.path):
        raise ValidationError(_("Không thể đặt một cơ quan dưới chính nó."))
    check_place(office.level, parent)
    old_path, new_path = office.path, path_under(parent, office.code)
    _check_longest(old_path, new_path)
    before = str(office.parent or "")
    Office.objects.below(old_path).update(path=Concat(Value(new_path), Substr("path", len(old_path) + 1)))
    Office.objects.filter(pk=office.pk).update(parent=parent)
    office.refresh_from_db()
    log(office, "accounts.move_office", user=user, data={"before": before, "after": str(parent or "")})
    office_moved.send(sender=Office, office=office)


def _check_longest(old_path: str, new_path: str) -> None:
    """Raises ValidationError when the longest path of the subtree would not fit its column."""
    longest = Office.objects.below(old_path).order_by(Length("path").desc()).values_list("path", flat=True)[0]
    check_path(new_path + longest[len(old_path) :])
