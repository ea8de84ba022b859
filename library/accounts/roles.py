"""The table of roles. Each role is a Wagtail group; loading the table gives each group exactly the rights written here."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow


class UnknownPermissionError(LookupError):
    """The table names a permission that no installed package has."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the group's name, and the rights it adds to those of ``includes``."""

    code: str
    name: str
    permissions: tuple[str, ...]
    label: str | Promise  # the name in the reader's language
    may: str | Promise  # what the role may do, in plain words
    includes: str = ""
    on_pages: tuple[str, ...] = ()  # rights on the whole tree of editorial pages


_AUTHORITIES = ("term", "ethnicgroup", "groupname", "adminunit", "source")
_ACCOUNTS = ("user", "office", "community", "membership")
ROLES = (
    Role(
        "contributor",
        "Người đóng góp",
        ("wagtailadmin.access_admin", "records.add_record", "media_pipeline.add_asset"),
        label=_("Người đóng góp"),
        may=_("viết và gửi tư liệu của mình, tải ảnh, tiếng, phim lên"),
    ),
    Role(
        "cataloguer",
        "Người biên mục",
        (
            *("records.change_record", "records.delete_record", "media_pipeline.change_asset", "media_pipeline.view_asset"),
            *("vocabularies.view_term", "vocabularies.suggest_term"),
        ),
        label=_("Người biên mục"),
        may=_("viết, sửa và gửi duyệt tư liệu của cơ quan mình và các cơ quan bên dưới"),
        includes="contributor",
    ),
    Role(
        "reviewer",
        "Người duyệt",
        (
            *("records.publish_record", "records.lock_record", "records.unlock_record", "records.withdraw_record"),
            "vocabularies.decide_term",
        ),
        label=_("Người duyệt"),
        may=_("như biên mục; đọc, trả lại, đăng và gỡ tư liệu xuống"),
        includes="cataloguer",
        on_pages=("add_page", "change_page"),
    ),
    Role(
        "administrator",
        "Quản trị",
        (
            "records.see_withdrawn_record",
            "media_pipeline.erase_asset",
            "vocabularies.merge_term",
            *(f"vocabularies.{verb}_{model}" for verb in ("add", "change", "view") for model in _AUTHORITIES),
            *(f"accounts.{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in _ACCOUNTS),
            *(f"search.{verb}_curatedquestion" for verb in ("add", "change", "delete", "view")),
        ),
        label=_("Quản trị"),
        may=_("như người duyệt; mời người, quản lý cơ quan bên dưới, dữ liệu chuẩn và kết quả tìm kiếm"),
        includes="reviewer",
        on_pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    ),
)
BY_CODE = {role.code: role for role in ROLES}


def rights(role: Role) -> set[str]:
    """All rights of a role, with the rights of the roles that it includes."""
    return set(role.permissions) | (rights(BY_CODE[role.includes]) if role.includes else set())


def role_of(user: Any) -> Role | None:
    """The widest role whose group the person is in. Uses the groups that were fetched with the person."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(ROLES) if role.name in names), None)


def set_role(user: Any, code: str) -> None:
    """Puts the person into the group of the role (none for an empty code); groups that are no role stay."""
    user.groups.remove(*Group.objects.filter(name__in=[role.name for role in ROLES]))
    if code:
        user.groups.add(group_of(code))


def group_of(code: str) -> Group:
    """The Wagtail group of a role."""
    return Group.objects.get(name=BY_CODE[code].name)


@transaction.atomic
def load_roles() -> None:
    """Creates the groups and sets their rights. Raises ``UnknownPermissionError`` for a right that does not exist."""
    by_name = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES:
        unknown = rights(role) - by_name.keys()
        if unknown:
            raise UnknownPermissionError(f"{role.code}: {', '.join(sorted(unknown))}")
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.set(by_name[name] for name in rights(role))
        _set_editorial_rights(group, role)
    _remove_english_defaults()


def _set_editorial_rights(group: Group, role: Role) -> None:
    """Gives the rights on pages at the root of the tree, and takes away all rights on Wagtail's own images and documents.

    Those would keep where and with what a photograph was taken, and no public page uses them.
    """
    tree = Page.get_first_root_node()
    for codename in role.on_pages:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=tree, permission=permission)
    GroupCollectionPermission.objects.filter(group=group).delete()


def _remove_english_defaults() -> None:
    """Deletes the groups and the workflow that Wagtail's migrations make: nobody uses them, and their names are English."""
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
