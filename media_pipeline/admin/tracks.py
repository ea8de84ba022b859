"""Admin pages for text tracks: import one, correct it while listening, shift its times, mark it as reviewed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ..available_renditions import renditions_of
from ..file_names import clock_ms
from ..intake import api, form_files
from ..models import Asset, TextTrack
from ..tracks import editing, export, importing
from ..tracks.cues import TrackError
from . import pages
from .forms import NewTrackForm
from .rights import readable_tracks, require_permission, visible_assets


def _asset(request: HttpRequest, pk: int) -> Asset:
    require_permission(request, "change")
    return get_object_or_404(visible_assets(request.user), pk=pk)


def _track(request: HttpRequest, pk: int) -> TextTrack:
    track = get_object_or_404(TextTrack.objects.select_related("asset"), pk=pk)
    track.asset = _asset(request, track.asset_id)
    if track not in readable_tracks(request.user, track.asset):
        raise Http404
    return track


def _timed_track(request: HttpRequest, pk: int) -> TextTrack:
    track = _track(request, pk)
    if not track.timed:
        raise Http404
    return track


@require_http_methods(["GET", "POST"])
def new_track(request: HttpRequest, pk: int) -> HttpResponse:
    """Import a track; the errors of a file are shown line by line."""
    asset = _asset(request, pk)
    form, status = NewTrackForm(), 200
    if request.method == "POST":
        form, status = NewTrackForm(request.POST, request.FILES), 422
        if problem := form_files.problem_of(request):
            form.errors["file"], status = form.error_class([api.form_message(problem)]), problem.status
        elif form.is_valid():
            try:
                track, notes = _import(asset, form.cleaned_data, request.user)
            except TrackError as error:
                form.add_error(None, error.lines)
            else:
                for note in notes:
                    messages.warning(request, note)
                return redirect("media_admin:track", track.pk)
    context = {"form": form, "asset": asset, "page_title": _("Thêm lời"), "page_subtitle": asset.display_name}
    return TemplateResponse(request, "media_pipeline/new_track.html", context, status=status)


def _import(asset: Asset, data: dict[str, Any], user: Any) -> tuple[TextTrack, list[str]]:
    options = {"role": data["role"], "language": data["language"], "user": user}
    if file := data["file"]:
        return editing.import_track(asset, file.read(), tier=data["tier"], **options)
    return editing.split_plain_text(asset, data["text"], **options), []


@require_http_methods(["GET", "POST"])
def edit_track(request: HttpRequest, pk: int) -> HttpResponse:
    """Times and words as WebVTT beside the player, saving checks every line; words on pages are corrected page by page."""
    track = _track(request, pk)
    if not track.timed:
        return pages.edit_page(request, track)
    words, problems, status = export.as_vtt(track.segments.all()), list[str](), 200
    if request.method == "POST":
        words = request.POST.get("words", "")
        problems, status = _save(request, track, words)
        if not problems:
            messages.success(request, _("Đã lưu lời."))
            return redirect("media_admin:track", track.pk)
    others = [each for each in readable_tracks(request.user, track.asset) if each.pk != track.pk and each.timed]
    context = {
        "track": track,
        "words": words,
        "problems": problems,
        "stored_words": export.as_vtt(track.segments.all()) if status == pages.OVERTAKEN else "",
        "sounds": [each for each in renditions_of(track.asset) if each.role in {"sound", "film"}],
        "others": others,
        "others_beside": [{"label": str(each), "cues": _cues(each)} for each in others],
        "page_title": str(track),
        "page_subtitle": track.asset.display_name,
    }
    return TemplateResponse(request, "media_pipeline/track.html", context, status=status)


def _save(request: HttpRequest, track: TextTrack, words: str) -> tuple[list[str], int]:
    """What is wrong with the words, with the status of the answer; they are saved when nothing is.

    Where somebody else has saved since the page was opened, nothing is overwritten: the page then shows both texts.
    """
    if request.POST.get("loaded", track.updated_at.isoformat()) != track.updated_at.isoformat():
        return [str(pages.OVERTAKEN_WORDS)], pages.OVERTAKEN
    try:
        editing.rewrite(track, importing.read(words.encode("utf-8", "replace")), user=request.user)
    except TrackError as error:
        return error.lines, 422
    return [], 200


def _cues(track: TextTrack) -> list[dict[str, Any]]:
    """What the editor shows beside the words that are corrected; times in milliseconds."""
    return [{"start": each.start_ms, "end": each.end_ms, "text": each.text} for each in track.segments.all()]


@require_POST
def change_track(request: HttpRequest, pk: int) -> HttpResponse:
    """Shift all times, or mark the track as reviewed."""
    track = _track(request, pk) if "reviewed" in request.POST else _timed_track(request, pk)
    try:
        if "reviewed" in request.POST:
            editing.mark_reviewed(track, user=request.user)
        else:
            editing.shift(track, clock_ms(request.POST.get("seconds", "")), user=request.user)
    except (TrackError, ValueError) as error:
        messages.error(request, error.message if isinstance(error, TrackError) else _("Hãy ghi số giây, ví dụ −0,5."))
    return redirect("media_admin:track", track.pk)
