"""Which officer may do what with which record: Wagtail's permission on the model, and the office on the object."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from library.access import can_see

from .models import Record


class RecordPermissionPolicy(ModelPermissionPolicy):
    """A right counts only for records of the officer's own office and of the offices below it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Record) -> bool:
        return self.user_has_permission(user, action) and self._in_charge(user, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Record) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        if not self.user_has_any_permission(user, actions):
            return Record.objects.none()
        return Record.objects.visible_to(user.viewer).filter(office__path__startswith=user.viewer.office_path or "\0")

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.instances_user_has_any_permission_for(user, [action])

    def _in_charge(self, user: Any, record: Record) -> bool:
        path = user.viewer.office_path
        if path is None:
            return False
        if record.office_id is None:
            return True  # being created: the form sets the office
        return record.office_path.startswith(path) and can_see(user.viewer, record)
