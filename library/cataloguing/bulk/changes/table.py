"""All changes that may be made in bulk, in the order of their page. A new field of a profile is a change by itself."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from library.records.profiles import all_profiles, profile

from .change import Change
from .decisions import Approve, Publish, SendForReview
from .lists import LinkChange, PeopleChange, TagChange
from .office import OfficeChange
from .values import ColumnChange, profile_changes

WHAT, WHOSE, RIGHTS, WORK = _("Xếp loại"), _("Của ai, ở đâu"), _("Quyền và ai được xem"), _("Duyệt và đăng")

COMMON: tuple[Change, ...] = (
    TagChange("tags", _("Từ khóa"), WHAT),
    LinkChange("unesco_domains", WHAT),
    ColumnChange("vitality", WHAT),
    ColumnChange("confidence", WHAT),
    ColumnChange("collected_at", WHAT),
    LinkChange("groups", WHOSE, "group"),
    LinkChange("subgroups", WHOSE, "subgroup"),
    LinkChange("places", WHOSE, "unit"),
    LinkChange("former_units", WHOSE, "former_unit"),
    LinkChange("languages", WHOSE, "language"),
    LinkChange("scripts", WHOSE, "script"),
    PeopleChange("people", _("Người liên quan"), WHOSE),
    ColumnChange("own_access", RIGHTS),
    ColumnChange("rights", RIGHTS),
    ColumnChange("rights_holder", RIGHTS),
    ColumnChange("credit", RIGHTS),
    LinkChange("warnings", RIGHTS),
    OfficeChange("office", _("Cơ quan phụ trách"), RIGHTS),
    SendForReview("send_for_review", _("Gửi duyệt"), WORK),
    Approve("approve", _("Duyệt"), WORK),
    Publish("publish", _("Đăng"), WORK),
)


def change_of(code: str) -> Change | None:
    """The change with that code; None when there is none, or no longer: a field may leave its profile."""
    own = next((own for own in all_profiles() if code.startswith(f"{own.code}.")), None)
    return {change.code: change for change in (COMMON if own is None else profile_changes(own))}.get(code)


def changes_for(record_types: Collection[str]) -> list[Change]:
    """The changes that make sense for records of these types."""
    codes = {profile(each).code for each in record_types}
    return [*COMMON, *(change for own in all_profiles() if own.code in codes for change in profile_changes(own))]
