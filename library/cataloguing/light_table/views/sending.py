"""Files that come to a table: what the browser is about to send, as JSON; and files of a plain form, for browsers without script."""

import json
import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from media_pipeline.errors import Refused, Waiting
from media_pipeline.intake import api
from media_pipeline.intake.form_files import problem_of

from ..access import tables_of
from ..actions.arrivals import MOST, ChosenFile, expect, take_whole

LARGEST_REQUEST = 1024 * 1024  # bytes: a thousand names
LONGEST_NAME = 1000  # characters
FINGERPRINT = re.compile(r"[0-9A-Za-z._-]{8,64}", re.ASCII)


@require_POST
def expect_files(request: HttpRequest, pk: int) -> HttpResponse:
    """``{"files": [{"name", "folder", "size", "fingerprint"}]}`` → which of them are to be sent: ``{"rows": [{"send": true}]}``."""
    table = get_object_or_404(tables_of(request.user), pk=pk)
    try:
        files = [_file(each) for each in json.loads(request.read(LARGEST_REQUEST))["files"][: MOST + 1]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"code": "bad_request"}, status=400)
    try:
        rows = expect(table, files, request.user)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)
    return JsonResponse({"rows": [{"id": row.pk, "send": row.asset_id is None and not row.problem} for row in rows]})


def _file(sent: Any) -> ChosenFile:
    """One file of the request. Raises ValueError, KeyError or TypeError for anything else."""
    name, folder, size, fingerprint = sent["name"], sent["folder"], sent["size"], sent["fingerprint"]
    if not isinstance(name, str) or not isinstance(folder, str) or type(size) is not int or not FINGERPRINT.fullmatch(fingerprint):
        raise ValueError
    if not name or max(len(name), len(folder)) > LONGEST_NAME or size < 0:
        raise ValueError
    return ChosenFile(name, folder, size, fingerprint)


@transaction.non_atomic_requests
@require_POST
def receive_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes in the files of a plain form. One that is refused is named, and the others come in."""
    table = get_object_or_404(tables_of(request.user), pk=pk)
    problem = problem_of(request)
    if problem:
        messages.error(request, api.form_message(problem))
    for file in request.FILES.getlist("files"):
        try:
            take_whole(table, file, request.user)
        except (Refused, Waiting) as error:
            messages.error(request, f"{file.name}: {api.form_message(error)}")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            break
    return redirect(reverse("light_tables:one", args=[table.pk]))
