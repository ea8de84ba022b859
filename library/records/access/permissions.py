"""Who may do what with which record: a right of the person's group, together with the office or the author of the record."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from library.access import WITHDRAWN, can_see, in_charge_of
from library.accounts.models import Office

from ..models import Record
from ..queryset import RecordQuerySet
from .review_levels import may_publish_alone

ANY_ACTION = ("change", "delete", "publish", "lock", "unlock", "withdraw")
OWN_DRAFT_ACTIONS = {"change", "delete"}  # what contributors may do with their own drafts that were never published


class RecordPermissionPolicy(ModelPermissionPolicy):
    """An officer's right is valid for records of the own office and of the offices below it; a contributor's for the own drafts."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person may have the right on some record."""
        return super().user_has_permission(user, action) or (action in OWN_DRAFT_ACTIONS and super().user_has_permission(user, "add"))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Record) -> bool:
        if instance.pk is None:
            return super().user_has_permission(user, action)
        if action == "delete" and (instance.live or instance.first_published_at or instance.withdrawn_at):
            return False  # its permanent name was public and must stay: such a record is withdrawn, never deleted
        if action == "publish" and not may_publish_alone(user, instance.record_type):
            return False  # it is published by the decision of its review
        if super().user_has_permission(user, action) and self._in_charge(user, instance):
            return True
        return action in OWN_DRAFT_ACTIONS and self._own_draft(user, instance) and super().user_has_permission(user, "add")

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Record) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> RecordQuerySet:
        if not self.user_has_any_permission(user, actions):
            return Record.objects.none()
        if user.viewer.office_path is None:
            return Record.objects.visible_to(user.viewer).filter(live=False, first_published_at=None, created_by=user)
        elsewhere = Office.objects.exclude(path__startswith=user.viewer.office_path)
        return Record.objects.filter(in_charge_of(user.viewer, every_office=not elsewhere.exists()))

    def instances_user_has_permission_for(self, user: Any, action: str) -> RecordQuerySet:
        return self.instances_user_has_any_permission_for(user, [action])

    @staticmethod
    def _in_charge(user: Any, record: Record) -> bool:
        return of_own_office(user, record) and can_see(user.viewer, record)

    @staticmethod
    def _own_draft(user: Any, record: Record) -> bool:
        """Whether it is a draft of a contributor. What an officer writes belongs to the office, and stays when she leaves it."""
        if user.viewer.office_path is not None:
            return False
        never_published = not record.live and record.first_published_at is None and record.access_level != WITHDRAWN
        return never_published and record.created_by_id == user.pk


def record_policy() -> Any:
    """The policy that is registered for records: the same object that Wagtail's own views ask."""
    return policy_registry.get_by_type(Record)


def of_own_office(user: Any, record: Record) -> bool:
    """Whether the record is of an office that the person works for, who perhaps may not see it: a withdrawn record."""
    path = user.viewer.office_path
    return path is not None and record.office_path.startswith(path)


def has_any_right(user: Any, record: Record) -> bool:
    """Whether the person has at least one right on this record."""
    return bool(record_policy().user_has_any_permission_for_instance(user, ANY_ACTION, record))


def records_with_any_right(user: Any) -> RecordQuerySet:
    """The records on which the person has at least one right."""
    records: RecordQuerySet = record_policy().instances_user_has_any_permission_for(user, ANY_ACTION)
    return records


def may_review(user: Any, record: Record) -> bool:
    """Whether the person is a reviewer of the record's office or of an office above it, and sees the record."""
    return bool(user.has_perm("records.publish_record")) and of_own_office(user, record) and can_see(user.viewer, record)
