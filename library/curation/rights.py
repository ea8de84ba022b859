"""Who may do what with stories and with the texts of portals: a role on their trees, together with the office of the page.

- A cataloguer writes stories and changes the own ones.
- A reviewer changes the stories of the own office and of the offices below it, and publishes them; an office of a commune publishes none.
- An administrator does the same, and takes care of all other editorial pages (``accounts.roles``).
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupPagePermission, Page, PagePermissionTester
from wagtail.query import PageQuerySet

from library.accounts.models import Office
from library.accounts.roles import BY_CODE

_EDITOR = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
PUBLICATION = {"publish", "unpublish"}  # the other actions on many pages need the right to change them
RIGHTS = {"cataloguer": ("add_page",), "reviewer": _EDITOR, "administrator": _EDITOR}


def give_rights(tree: Page) -> None:
    """Gives each role that was loaded (``load_roles``) its rights on the pages below ``tree``."""
    groups = Group.objects.in_bulk([BY_CODE[role].name for role in RIGHTS], field_name="name")
    for role, codenames in RIGHTS.items():
        group = groups.get(BY_CODE[role].name)
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames if group else ()):
            GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)


class OfficePermissionTester(PagePermissionTester):
    """Wagtail's rights on a page, for pages of the person's own office and of the offices below it."""

    permissions: set[str]

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if not user.is_superuser:
            if not _in_charge(user, page.office):
                self.permissions = set()
            elif not _publishes(user.office):
                self.permissions -= {"publish"}

    def can_edit(self) -> bool:
        own = self.user.is_superuser or bool(self.permissions)
        return own and bool(super().can_edit())


class TreePermissionTester(PagePermissionTester):
    """Wagtail's rights on the parent of such pages: many write below it; only the ministry changes the parent itself."""

    def can_edit(self) -> bool:
        return self._of_ministry() and bool(super().can_edit())

    def can_publish(self) -> bool:
        return self._of_ministry() and bool(super().can_publish())

    def can_unpublish(self) -> bool:
        return self._of_ministry() and bool(super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._of_ministry() and bool(super().can_delete(ignore_bulk))

    def can_lock(self) -> bool:
        return self._of_ministry() and bool(super().can_lock())

    def can_publish_subpage(self) -> bool:
        may = self.user.is_superuser or _publishes(self.user.office)
        return may and bool(super().can_publish_subpage())

    def _of_ministry(self) -> bool:
        office = self.user.office
        return bool(self.user.is_superuser) or (office is not None and office.level == Office.Level.MINISTRY)


def check_many(user: Any, action: str, pages: PageQuerySet) -> None:
    """Asks the rights of the specific pages for an action on many, where Wagtail asks only those of all pages.

    Raises PermissionDenied when one of them refuses.
    """
    for page in pages.specific():
        rights = page.permissions_for_user(user)
        allowed = rights.can_publish() if action in PUBLICATION else rights.can_edit()
        if not allowed:
            raise PermissionDenied


def _in_charge(user: Any, office: Office | None) -> bool:
    path = user.viewer.office_path if user.is_active else None
    return path is not None and (office is None or office.path.startswith(path))


def _publishes(office: Office | None) -> bool:
    return office is not None and office.level != Office.Level.COMMUNE
