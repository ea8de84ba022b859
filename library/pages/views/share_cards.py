"""Share cards as files. They are for messengers and search engines, which have no account: only what everybody may see has one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from library.access import ANONYMOUS
from library.curation.published import public_story
from library.frame.drawing.share_card import ShareCard
from library.presentation import queries, share_cards
from library.presentation.authorities import provinces
from library.presentation.lists.lines import line
from library.presentation.places import commune_at
from library.vocabularies.models import EthnicGroup

from .public_view import public_page


@public_page
def record(request: HttpRequest, identifier: str) -> HttpResponse:
    """The card of one record, in the language of the address."""
    shown = get_object_or_404(queries.for_lines(queries.visible_records(ANONYMOUS)), identifier=identifier)
    return _answer(share_cards.record_card(line(shown)))


@public_page
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a people."""
    return _answer(share_cards.group_card(get_object_or_404(EthnicGroup, slug=slug)))


@public_page
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a province of today."""
    return _answer(share_cards.province_card(get_object_or_404(provinces(), slug=slug)))


@public_page
def commune(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a commune of today."""
    return _answer(share_cards.commune_card(commune_at(slug)))


@public_page
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a story that everybody may read."""
    shown = public_story(slug)
    if shown is None:
        raise Http404
    return _answer(share_cards.story_card(shown.shown_title.plain, shown.slug))


@public_page
def library(request: HttpRequest) -> HttpResponse:
    """The library's own card."""
    return _answer(share_cards.library_card())


def _answer(card: ShareCard) -> HttpResponse:
    answer = HttpResponse(share_cards.card_file(card), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={share_cards.KEPT}"
    return answer
