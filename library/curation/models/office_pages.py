"""What stories and the texts of portals have in common: an office in charge, a body of blocks, a preview as the public will see it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from library.accounts.models import Office

from ..forms import RecordsPageForm
from ..rights import OfficePermissionTester, TreePermissionTester
from .editorial_pages import EditorialPage


class OfficePage(EditorialPage):
    """A page that an office is in charge of; None: a page that came with the library."""

    office = models.ForeignKey(Office, models.SET_NULL, verbose_name=_("cơ quan phụ trách"), null=True, editable=False, related_name="+")

    base_form_class = RecordsPageForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> OfficePermissionTester:
        """Wagtail's rights, narrowed to the offices that the person works for."""
        return OfficePermissionTester(user, self)


class OfficeTree(EditorialPage):
    """The parent of pages that offices are in charge of."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> TreePermissionTester:
        """Wagtail's rights, of which only the ministry has those on the parent itself."""
        return TreePermissionTester(user, self)


class PublicPreview(models.Model):
    """Mixin: the preview is the page as everybody will see it, with a line on what keeps it from the public now."""

    class Meta:
        abstract = True

    def preview_facts(self) -> dict[str, Any]:
        """``draft``: not published yet; ``restricted``: behind a password or a sign-in."""
        restricted = bool(self.pk) and self.get_view_restrictions().exists()  # type: ignore[attr-defined]
        return {"draft": not self.live, "restricted": restricted}  # type: ignore[attr-defined]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The page as the public will see it."""
        request.user = AnonymousUser()
        answer = super().serve_preview(request, mode_name)  # type: ignore[misc]
        story = answer.context_data.get("story")
        answer.context_data |= {"preview": self.preview_facts() | {"hidden": story.hidden if story else 0}}
        return answer


class ShownElsewhere(PublicPreview):
    """Mixin: a page without an address of its own. A page of the catalogue shows it, and its preview (``preview_setting``)."""

    preview_setting: str

    class Meta:
        abstract = True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The page of the catalogue with this text on it, as the public will see it."""
        request.user = AnonymousUser()
        return import_string(getattr(settings, self.preview_setting))(self, request, self.preview_facts())
