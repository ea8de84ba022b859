"""Creates and renames offices. A name may change at any time; the code stays, because paths are made of codes."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from ..models import Office
from ..models.offices import path_under
from .free_names import first_free, hyphenated
from .tree import check_path, check_place, lock_tree

_LEVEL_CODES = {Office.Level.MINISTRY: "bo", Office.Level.PROVINCE: "tinh", Office.Level.COMMUNE: "xa"}
CODE_LENGTH = 30  # letters; the model allows ten more for a number


@dataclass(frozen=True, slots=True)
class OfficeNames:
    """The names of an office in both languages."""

    vi: str
    en: str = ""


@transaction.atomic
def create_office(names: OfficeNames, level: str, parent: Office | None, *, user: Any) -> Office:
    """Creates an office under the parent, with a code made of its name. Raises ValidationError for a place that cannot be."""
    lock_tree()
    if parent is not None:
        parent.refresh_from_db()
    check_place(level, parent)
    code = _new_code(names.vi, level)
    check_path(path_under(parent, code))
    office = Office.objects.create(code=code, name_vi=names.vi, name_en=names.en, level=level, parent=parent)
    log(office, "accounts.create_office", user=user)
    return office


@transaction.atomic
def rename_office(office: Office, names: OfficeNames, *, user: Any) -> None:
    """Gives the office other names. Rights and index do not change: they do not know names."""
    before = office.name_vi
    office.name_vi, office.name_en = names.vi, names.en
    office.save(update_fields=["name_vi", "name_en"])
    log(office, "accounts.rename_office", user=user, data={"before": before})


def _new_code(name: str, level: str) -> str:
    """Such as ``xa-ta-phin``; with a number when another office has that code."""
    prefix = _LEVEL_CODES[Office.Level(level)]
    words = hyphenated(name)
    base = (words if words.startswith(f"{prefix}-") else f"{prefix}-{words}")[:CODE_LENGTH].strip("-")
    return first_free(base, Office.objects.all(), "code")
