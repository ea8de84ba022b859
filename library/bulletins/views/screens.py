"""What the staff's screens of bulletins have in common: who may open them, and the bulletin that an address names."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import bulletins_of, may_make, require
from ..models import Bulletin, Piece


class BulletinScreen(WagtailAdminTemplateMixin, TemplateView):
    """A page about bulletins, for whoever makes them."""

    page_title = gettext_lazy("Bản tin nghe")
    header_icon = "media"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_make(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("bulletins:index"), "label": self.page_title}]
        if "pk" in self.kwargs:
            items.append({"url": reverse("bulletins:one", args=[self.kwargs["pk"]]), "label": self.bulletin.title})
        return items

    @property
    def bulletin(self) -> Bulletin:
        """The bulletin that the address names, of the person's own offices. Raises Http404."""
        if not hasattr(self, "_bulletin"):
            self._bulletin = own_bulletin(self.request, self.kwargs["pk"])
        return self._bulletin


def own_bulletin(request: HttpRequest, pk: int) -> Bulletin:
    """A bulletin of the person's own offices. Raises Http404."""
    return get_object_or_404(bulletins_of(request.user), pk=pk)


def own_piece(request: HttpRequest, pk: int, piece: int) -> Piece:
    """A piece of such a bulletin. Raises Http404."""
    bulletin = own_bulletin(request, pk)
    return get_object_or_404(Piece.objects.select_related("record", "asset", "bulletin"), pk=piece, bulletin=bulletin)


def try_to(request: HttpRequest, step: Callable[[], object]) -> bool:
    """Whether the step was possible; where not, says why."""
    try:
        step()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    return True
