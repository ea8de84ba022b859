"""The staff's screens of one piece: words with their voice; which record is heard, and which part of it."""

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from library.records.access.consents import may_be_broadcast
from media_pipeline.errors import Refused, Waiting
from media_pipeline.intake import api, form_files
from media_pipeline.intake.ingest import ingest
from media_pipeline.text.names import named_like

from ..access import public_files, records_with_sound
from ..actions import write
from ..forms import RecordPieceForm, WordsForm
from ..models import Piece, Voice
from ..presentation import sound_url
from .screens import BulletinScreen, own_piece

FOUND = 30  # records that a search shows


class PieceScreen(ABC, BulletinScreen):
    """The form of one piece: a new one, or one that is there."""

    form_class: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.form_class(instance=self.piece)
        return super().get_context_data(**kwargs) | {"bulletin": self.bulletin, "form": form, "heard_at": sound_url(self.piece)}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Keeps the piece, and leads back to the order."""
        form = self.form_class(request.POST, request.FILES, instance=self.piece)
        try:
            if form.is_valid():
                piece = self.complete(form)
                write.put(piece, user=request.user)
                return redirect(reverse("bulletins:one", args=[self.bulletin.pk]) + f"#phan-{piece.pk}")
        except ValidationError as error:
            form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def complete(self, form: Any) -> Piece:
        """The piece as the form has it. Raises ValidationError."""
        piece: Piece = form.save(commit=False)
        return piece

    @property
    def piece(self) -> Piece:
        """The piece that the address names, or a new one."""
        if not hasattr(self, "_piece"):
            self._piece = own_piece(self.request, self.kwargs["pk"], self.kwargs["piece"]) if "piece" in self.kwargs else self.new_piece()
        return self._piece

    @abstractmethod
    def new_piece(self) -> Piece:
        """What a new piece begins with."""


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class WordsView(PieceScreen):
    """Words and their voice: recorded here, a file, or a machine's."""

    template_name = "bulletins/admin/words.html"
    form_class = WordsForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page may ask for the microphone, after a tap."""
        answer = super().dispatch(request, *args, **kwargs)
        answer["Permissions-Policy"] = settings.PERMISSIONS_POLICY_WITH_MICROPHONE
        return answer

    def new_piece(self) -> Piece:
        return Piece(bulletin=self.bulletin, is_words=True)

    def complete(self, form: WordsForm) -> Piece:
        """Takes the file of the voice in. Raises ValidationError without one, and for one without sound."""
        piece: Piece = form.save(commit=False)
        if piece.voice == Voice.MACHINE:
            piece.asset = None
            return piece
        if problem := form_files.problem_of(self.request):
            raise ValidationError({"file": api.form_message(problem)})
        file = form.cleaned_data["file"]
        if file:
            piece.asset = self._taken_in(file)
        if piece.asset is None:
            raise ValidationError({"file": _("Hãy ghi âm, hoặc chọn một tệp tiếng.")})
        return piece

    def _taken_in(self, file: Any) -> Any:
        try:
            asset = ingest(file, file.name, user=self.request.user, declared_mime=file.content_type or "")
        except (Refused, Waiting) as error:
            raise ValidationError({"file": api.form_message(error)}) from error
        if not asset.probe.get("sound"):
            raise ValidationError({"file": _("Tệp này không có tiếng.")})
        return asset


class ChooseRecordView(BulletinScreen):
    """The records whose sound everybody may hear, by name; those that lack a consent are shown and cannot be chosen."""

    template_name = "bulletins/admin/records.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.GET.get("q", "")[:100]
        records = records_with_sound().order_by("-first_published_at", "-pk")
        found = (named_like(records, typed, "name_key") if typed.strip() else records)[:FOUND]
        return super().get_context_data(**kwargs) | {
            "bulletin": self.bulletin,
            "typed": typed,
            "found": [(record, may_be_broadcast(record)) for record in found],
        }


class RecordPieceView(PieceScreen):
    """Which sound of a record, from when to when."""

    template_name = "bulletins/admin/record.html"
    form_class = RecordPieceForm

    def new_piece(self) -> Piece:
        record = get_object_or_404(records_with_sound(), pk=self.kwargs["record"])
        if not may_be_broadcast(record):
            raise Http404
        asset = public_files().filter(record=record).select_related("asset")[0].asset
        return Piece(bulletin=self.bulletin, is_words=False, record=record, asset=asset)
