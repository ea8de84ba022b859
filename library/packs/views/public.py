"""The readers' pages: which packs there are, ordering one, its page with the files. Sizes stand before each step."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from library.pages.paging import page_of
from library.pages.views.public_view import public_page

from ..access import is_fetchable, listed_packs
from ..actions.order import order_as_reader
from ..estimate import estimates
from ..models import IssueState, Pack, PackIssue, Weight
from ..subjects import Subject, communes_named, subject_of, subjects

PACKS = 50  # on a page


@dataclass(frozen=True, slots=True)
class Choice:
    """One weight on the form of an order, with the bytes that a pack will have."""

    value: str
    label: str
    size: int


@public_page
def pack_list(request: HttpRequest) -> HttpResponse:
    """The packs that can be fetched, and the form of an order: first of whom, then how heavy."""
    return _list(request, request.GET.get("ve", ""))


@csrf_exempt  # orders only what everybody may order, and equal orders are one; a token would need a session on every page
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Orders a pack, and leads to its page."""
    about = request.POST.get("ve", "")
    subject = subject_of(about)
    if subject is None:
        raise Http404(_("Không có lựa chọn này."))
    try:
        pack = order_as_reader(subject, request.POST.get("nang", ""), get_language() or settings.LANGUAGE_CODE)
    except ValidationError as error:
        return _list(request, about, error.messages, status=409)
    return redirect("pack", pack.pk)


@public_page
def pack_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack: its newest issue, what is new in it, how far the next one is."""
    pack = get_object_or_404(Pack, pk=pk)
    if subject_of(pack.subject) is None:
        raise Http404
    issues = list(pack.issues.all()[:PACKS])
    ready = next((issue for issue in issues if issue.state == IssueState.READY), None)
    told = {
        "pack": pack,
        "issue": ready if ready is not None and is_fetchable(ready) else None,
        "at_work": next((issue for issue in issues if issue.at_work), None),
        "last": issues[0] if issues else None,
    }
    return render(request, "packs/pack.html", told)


def _list(request: HttpRequest, about: str, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
    subject, commune = subject_of(about), request.GET.get("xa", "")[:100]
    packs = listed_packs().filter(language=get_language())
    page = page_of(packs, request, PACKS)
    newest = PackIssue.objects.filter(pack__in=list(page.object_list), state=IssueState.READY)
    told = {
        "page": page,
        "issues": sorted(newest.select_related("pack"), key=lambda issue: (issue.pack.name, issue.size)),
        "subject": subject,
        "choices": _choices(subject) if subject else [],
        "kinds": subjects() if subject is None else [],
        "commune": commune,
        "communes": communes_named(commune) if commune else [],
        "problems": problems or [],
    }
    return render(request, "packs/index.html", told, status=status)


def _choices(subject: Subject) -> list[Choice]:
    sizes: dict[str, Any] = estimates(subject)
    return [Choice(weight.value, str(weight.label), sizes[weight]) for weight in Weight]
