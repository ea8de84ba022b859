"""Registers the staff's screens of bulletins, what the log says of them, and their link on the pages of places."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from library.pages.presentation.links import LinkedWords
from library.pages.sitemaps import Entry
from library.vocabularies.models import AdminUnit

from .access import heard, of_place, on_air
from .actions.close import CLOSED
from .actions.publish import GIVEN_UP, PUBLISHED, TAKEN_BACK
from .actions.write import MADE
from .notices import ClosedBulletinsPanel
from .views.admin import BulletinViewSet

IN_SITEMAP = 2_000  # bulletins
LOGGED = {
    MADE: (_("Lập bản tin nghe"), _("Đã lập bản tin nghe: %(bulletin)s")),
    PUBLISHED: (_("Phát bản tin nghe"), _("Đã phát hoặc hẹn giờ phát bản tin: %(bulletin)s")),
    TAKEN_BACK: (_("Thu bản tin nghe lại"), _("Đã thu bản tin lại: %(bulletin)s")),
    GIVEN_UP: (_("Bỏ bản tin nghe"), _("Đã bỏ bản tin: %(bulletin)s")),
    CLOSED: (_("Đóng bản tin nghe"), _("Bản tin tự đóng: %(bulletin)s")),
}


@hooks.register("register_admin_viewset")
def register_bulletins() -> BulletinViewSet:
    """The screens on which bulletins are made."""
    return BulletinViewSet("bulletins")


@hooks.register("register_log_actions")
def register_bulletins_in_log(actions: Any) -> None:
    """What people and the worker did with bulletins stands in the history."""
    for action, (label, message) in LOGGED.items():
        actions.register_action(action)(_formatter(label, message))


def _formatter(words: Any, message: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = words

        def format_message(self, log_entry: Any) -> str:
            return str(message) % {"bulletin": log_entry.data["bulletin"]}

    return Formatter


@hooks.register("construct_homepage_panels")
def tell_closed(request: HttpRequest, panels: list[Any]) -> None:
    """Says which bulletins have closed by themselves."""
    panels.append(ClosedBulletinsPanel())


@hooks.register("place_links")
def link_bulletins(unit: AdminUnit) -> list[LinkedWords]:
    """The bulletins that a province or commune listens to, where there are any."""
    return [LinkedWords(gettext("Bản tin nghe"), f"{reverse('bulletins')}?noi={unit.pk}")] if of_place(on_air(), unit).exists() else []


@hooks.register("sitemap_sections")
def list_bulletins() -> dict[str, Callable[[], Iterable[Entry]]]:
    """The newest bulletins that may be heard."""
    return {"ban-tin": lambda: [("bulletin", str(bulletin.pk), bulletin.publish_at) for bulletin in heard(on_air()[:IN_SITEMAP])]}
