"""What buttons on the page of an import do. Each is a POST that calls one action and leads back to the page."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access import imports_of
from ..actions import match, mend
from ..models import Import, ImportRow
from .pages import said, told

STEPS: dict[str, Callable[..., None]] = {"run": match.run, "stop": match.stop, "undo": match.undo, "columns": match.back_to_matching}


def _job(request: HttpRequest, pk: int) -> Import:
    """The import, of the own office. Raises Http404."""
    job: Import = get_object_or_404(imports_of(request.user), pk=pk)
    return job


def _back(job: Import, rest: str = "") -> HttpResponse:
    return redirect(reverse("imports:one", args=[job.pk]) + rest)


@require_POST
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Runs, stops or takes back an import, or opens the choice of columns again."""
    if step not in STEPS:
        raise Http404
    job = _job(request, pk)
    try:
        STEPS[step](job, user=request.user)
    except ValidationError as error:
        told(request, error.messages)
    return _back(job)


@require_POST
def match_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the choice of columns."""
    job = _job(request, pk)
    mapping = [request.POST.get(f"column-{at}", "") for at in range(len(job.header))]
    lunar = [mapping[at] for at in range(len(job.header)) if request.POST.get(f"lunar-{at}") and mapping[at]]
    try:
        match.match_columns(job, mapping, lunar, request.POST.get("existing", ""), user=request.user)
    except ValidationError as error:
        Import.objects.filter(pk=job.pk, state="mapping").update(mapping=mapping)
        told(request, error.messages)
    return _back(job)


@require_POST
def mend_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Writes other words into a cell and checks the row again, checks it as it stands, or leaves the row out."""
    job = _job(request, pk)
    try:
        if "leave_out" in request.POST:
            mend.leave_out(job, number, user=request.user)
        elif "again" in request.POST:
            mend.check_again(job, number, user=request.user)
        else:
            _mend(job, number, request.POST, request.user)
        said(request)
    except (ImportRow.DoesNotExist, ValueError) as error:
        raise Http404 from error
    except ValidationError as error:
        told(request, error.messages)
    return _back(job, "#rows")


def _mend(job: Import, number: int, sent: Any, user: Any) -> None:
    """One press of a choice, or what was typed. A choice that replaces one of several values in the cell leaves the others."""
    text = sent.get("choice") or sent.get("text", "")
    mend.mend(job, number, int(sent.get("column", "-1")), text, user=user)
