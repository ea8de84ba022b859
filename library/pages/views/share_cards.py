"""Share cards as files. They are for messengers and search engines, which have no account: only what everybody may see has one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from library.access import ANONYMOUS
from library.frame.drawing.share_card import ShareCard
from library.presentation import queries
from library.presentation.lists.lines import line

from ..presentation.share_cards import KEPT, card_file, library_card, record_card
from .public_view import public_page


@public_page
def record(request: HttpRequest, identifier: str) -> HttpResponse:
    """The card of one record, in the language of the address."""
    shown = get_object_or_404(queries.for_lines(queries.visible_records(ANONYMOUS)), identifier=identifier)
    return _answer(record_card(line(shown)))


@public_page
def library(request: HttpRequest) -> HttpResponse:
    """The library's own card."""
    return _answer(library_card())


def _answer(card: ShareCard) -> HttpResponse:
    answer = HttpResponse(card_file(card), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer
