"""The names that may set conditions in a request, read from the authorities and cached by each process."""

import time

from django.utils import timezone

from library.vocabularies.lookup import LANGUAGES
from library.vocabularies.models import GroupName, Term

from ..understanding import GroupNameRow, NameAuthority
from ..understanding.conditions import Vocabulary
from .knowledge import Cached, names, places

READ_AGAIN_AFTER = 600  # seconds
LANGUAGE_WORD = "tiếng "  # begins the Vietnamese name of a language


def vocabulary() -> Vocabulary:
    """The names of peoples, parts of peoples, languages and places as they are now, and today."""
    languages, parts = _rest.get()
    return Vocabulary(names(), places(), languages, parts, timezone.localdate())


def _read() -> tuple[NameAuthority, frozenset[tuple[str, ...]]]:
    terms = Term.objects.filter(vocabulary__code=LANGUAGES)
    called = [(term.code, term.label_vi.removeprefix(LANGUAGE_WORD)) for term in terms]
    parts = GroupName.objects.filter(kind=GroupName.Kind.SUBGROUP).values_list("name", flat=True)
    return NameAuthority(GroupNameRow(name, code, name, display=True) for code, name in called), frozenset(map(Vocabulary.folds, parts))


_rest = Cached(lambda: time.monotonic() // READ_AGAIN_AFTER, _read)
