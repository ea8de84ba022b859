"""The staff's screens: the bulletins, one with its pieces and what may be done now, the steps."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.viewsets.base import ViewSet

from library.accounts.admin.menu import shown_to
from media_pipeline.delivery.file_view import respond

from ..access import bulletins_of, closed_pieces, may_make, may_publish
from ..actions import publish, write
from ..forms import BulletinForm, ScheduleForm
from ..lengths import length_ms, size_for, whole_length_ms
from ..models import Bulletin, Piece
from ..presentation import content_of, full_name, sound_url
from . import pieces
from .screens import BulletinScreen, own_bulletin, own_piece, try_to

ON_A_PAGE = 50
STEPS: dict[str, Callable[..., None]] = {
    "build": publish.build,
    "stop": publish.stop,
    "take-back": publish.take_back,
    "give-up": publish.give_up,
}
PIECE_STEPS: dict[str, Callable[[Piece, Any], None]] = {
    "up": lambda piece, user: write.move(piece, -1, user=user),
    "down": lambda piece, user: write.move(piece, 1, user=user),
    "remove": lambda piece, user: write.remove(piece, user=user),
}


class BulletinIndexView(BulletinScreen):
    """The bulletins of the own offices, the newest first."""

    template_name = "bulletins/admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(bulletins_of(self.request.user), ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"bulletins": [(each, full_name(each.place)) for each in page], "page": page}


class BulletinFormView(BulletinScreen):
    """Title, place and summary: of a new bulletin, or of one that is there."""

    template_name = "bulletins/admin/form.html"

    def _form(self, data: Any = None) -> BulletinForm:
        instance = self.bulletin if "pk" in self.kwargs else Bulletin()
        return BulletinForm(data, instance=instance, user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": kwargs.get("form") or self._form()}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Keeps it, and leads to its pieces."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        bulletin = form.save(commit=False)
        if bulletin.pk is None:
            write.begin(bulletin, user=request.user)
        else:
            try_to(request, lambda: write.describe(bulletin, user=request.user))
        return redirect(reverse("bulletins:one", args=[bulletin.pk]))


class BulletinView(BulletinScreen):
    """One bulletin. What may be done follows from its state."""

    template_name = "bulletins/admin/bulletin.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bulletin = self.bulletin
        rows = list(bulletin.pieces.select_related("record", "asset").prefetch_related("asset__derivatives"))
        closed = closed_pieces(rows)
        length = whole_length_ms(rows)
        return super().get_context_data(**kwargs) | {
            "bulletin": bulletin,
            "place": full_name(bulletin.place),
            "pieces": [(piece, length_ms(piece), closed.get(piece.pk, ""), sound_url(piece)) for piece in rows],
            "length": length,
            "size": size_for(length),
            "unknown": any(length_ms(piece) is None for piece in rows),
            "may_publish": may_publish(self.request.user),
            "schedule": ScheduleForm(initial={"when": bulletin.publish_at}),
        }


def sound(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The MP3 as it is, for the office alone, before it is on air."""
    bulletin = own_bulletin(request, pk)
    if not bulletin.key:
        raise Http404
    return respond(request, content_of(bulletin), public=False)


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Builds, stops or takes back."""
    if step not in STEPS:
        raise Http404
    bulletin = own_bulletin(request, pk)
    try_to(request, lambda: STEPS[step](bulletin, user=request.user))
    return redirect(reverse("bulletins:one", args=[pk]) if step != "give-up" else reverse("bulletins:index"))


@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the hour, or publishes at once."""
    bulletin, form = own_bulletin(request, pk), ScheduleForm(request.POST)
    try_to(request, lambda: publish.schedule(bulletin, _when(form), user=request.user))
    return redirect(reverse("bulletins:one", args=[pk]))


def _when(form: ScheduleForm) -> Any:
    """The hour of the form. Raises ValidationError for one that is none."""
    form.full_clean()
    if not form.is_valid():
        raise form.errors["when"].as_data()[0]
    return form.cleaned_data["when"]


@require_POST
def take_piece_step(request: HttpRequest, pk: int, piece: int, step: str) -> HttpResponse:
    """Moves a piece up or down, or takes it out; the page comes back at the piece."""
    if step not in PIECE_STEPS:
        raise Http404
    row = own_piece(request, pk, piece)
    try_to(request, lambda: PIECE_STEPS[step](row, request.user))
    anchor = "#phan" if step == "remove" else f"#phan-{piece}"
    return redirect(reverse("bulletins:one", args=[pk]) + anchor)


class BulletinViewSet(ViewSet):
    """Bulletins in the main menu."""

    icon = "media"
    menu_label = gettext_lazy("Bản tin nghe")
    menu_order = 131
    add_to_admin_menu = True
    menu_item_class = shown_to(may_make)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", BulletinIndexView.as_view(), name="index"),
            path("new/", BulletinFormView.as_view(), name="new"),
            path("<int:pk>/", BulletinView.as_view(), name="one"),
            path("<int:pk>/describe/", BulletinFormView.as_view(), name="describe"),
            path("<int:pk>/sound.mp3", sound, name="sound"),
            path("<int:pk>/schedule/", schedule, name="schedule"),
            path("<int:pk>/step/<slug:step>/", take_step, name="step"),
            path("<int:pk>/words/", pieces.WordsView.as_view(), name="words"),
            path("<int:pk>/words/<int:piece>/", pieces.WordsView.as_view(), name="words-of"),
            path("<int:pk>/records/", pieces.ChooseRecordView.as_view(), name="records"),
            path("<int:pk>/records/<int:record>/", pieces.RecordPieceView.as_view(), name="record"),
            path("<int:pk>/piece/<int:piece>/", pieces.RecordPieceView.as_view(), name="record-of"),
            path("<int:pk>/piece/<int:piece>/<slug:step>/", take_piece_step, name="piece-step"),
        ]
