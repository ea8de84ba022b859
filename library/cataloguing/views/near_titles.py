"""Titles that are near to the one that is typed: whoever begins a record sees those of the same type that are there already."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from library.records.access.files import viewer_of
from library.records.access.permissions import record_policy
from library.records.models import Record
from library.records.profiles import all_profiles
from media_pipeline.text.folding import fold

COMMON = frozenset("le hoi nghi cua nguoi dan toc o tai va trong bai mot cac xa huyen tinh the of and in".split())  # noqa: SIM905
MOST_SHOWN, MOST_READ = 5, 200
NEAR = 0.5  # of the telling words of the shorter title


def near_titles(request: HttpRequest, typed: str, record_type: str, own: str = "") -> list[Record]:
    """The records of a type that the person may see whose titles have at least half of their telling words in common with the typed one."""
    words = _telling(typed)
    rows = Record.objects.visible_to(viewer_of(request.user)).filter(record_type=record_type).select_related("office")
    found: dict[int, Record] = {}
    for word in sorted(words, key=len, reverse=True)[:3]:  # the longest words are the rarest
        found |= {row.pk: row for row in rows.filter(name_key__contains=word)[:MOST_READ]}
    near = [(score, row) for row in found.values() if (score := _nearness(words, _telling(row.title_vi))) >= NEAR and row.identifier != own]
    return [row for _score, row in sorted(near, key=lambda each: (-each[0], each[1].title_vi))[:MOST_SHOWN]]


def _telling(title: str) -> frozenset[str]:
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(title))
    return frozenset(letters.split()) - COMMON


def _nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the words of the shorter title that the longer one has. One word in common is enough only for a title of one word."""
    shared, shorter = len(one & other), max(1, min(len(one), len(other)))
    return shared / shorter if shared >= min(2, shorter) else 0.0


@require_safe
def list_near_titles(request: HttpRequest) -> JsonResponse:
    """The near titles with the pages that open them, as JSON; for staff only (the address is inside the admin)."""
    typed, record_type, own = (request.GET.get(name, "")[:400] for name in ("q", "type", "own"))
    known = record_type in {profile.code for profile in all_profiles()}
    rows = near_titles(request, typed, record_type, own) if known else []
    return JsonResponse({"rows": [{"title": row.title_vi, "url": _address(request, row)} for row in rows]})


def _address(request: HttpRequest, record: Record) -> str:
    """Where the person opens it: the form, where they may change it, else its page."""
    if record_policy().user_has_permission_for_instance(request.user, "change", record):
        return reverse("wagtailsnippets_records_record:edit", args=[record.pk])
    return record.get_absolute_url()
