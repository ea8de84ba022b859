"""Demonstration logins for a first look. They are made only where the setting DEMO is on."""

from dataclasses import dataclass

from django.conf import settings

from .models import Office, User
from .roles import group_of

DEMO_PASSWORD = "muong-hoa-2026"  # noqa: S105  printed by `make run`, worthless elsewhere


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A login, its role and the office it works for."""

    username: str
    role: str
    role_vi: str
    role_en: str
    office: str


DEMO_USERS = (
    DemoUser("dong-gop", "contributor", "người đóng góp", "contributor", "tinh-15"),
    DemoUser("bien-muc", "cataloguer", "người biên mục, Lào Cai", "cataloguer, Lào Cai", "tinh-15"),
    DemoUser("duyet", "reviewer", "người duyệt, Lào Cai", "reviewer, Lào Cai", "tinh-15"),
    DemoUser("quan-tri", "administrator", "quản trị, cả nước", "administrator, whole country", "bo"),
)


def demo_logins() -> list[User]:
    """The demonstration logins of this database that still open with the published password."""
    users = User.objects.filter(username__in=[demo.username for demo in DEMO_USERS], is_active=True).order_by("username")
    return [user for user in users if user.check_password(DEMO_PASSWORD)]


def remove_demo_users() -> list[str]:
    """Deletes them, and returns their names. A login that somebody has taken over with a password of their own stays."""
    logins = demo_logins()
    for user in logins:
        user.delete()
    return [user.username for user in logins]


def load_demo_users() -> None:
    """Creates the missing logins and sets their role. Raises RuntimeError where the setting DEMO is off."""
    if not settings.DEMO:
        raise RuntimeError("Demonstration logins are made only where settings.DEMO is set.")
    for demo in DEMO_USERS:
        user, created = User.objects.get_or_create(username=demo.username, defaults={"office": Office.objects.get(code=demo.office)})
        if created:
            user.set_password(DEMO_PASSWORD)
            user.save(update_fields=["password"])
        user.groups.set([group_of(demo.role)])
