"""Wiring of the accounts package, and of Wagtail's screens for people, which it narrows to the administrator's own scope."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "library.accounts"
    label = "accounts"
    verbose_name = _("Tài khoản")
    default = True  # Wagtail's class, imported here, would make Django unsure

    def ready(self) -> None:
        from .audit import signal_handlers as of_audit  # noqa: F401
        from .security import signal_handlers as of_security  # noqa: F401


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's app of users with our own viewset and access policies."""

    user_viewset = "library.accounts.admin.people.PeopleViewSet"
    default = False

    def ready(self) -> None:
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from .scope import SCOPES, ScopedPolicy

        for model, scope in SCOPES.items():
            register_permission_policy(model, ScopedPolicy(model, scope))
        register_permission_policy(Group)
