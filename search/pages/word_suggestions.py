"""Words of the word lists for a half-typed search: meanings by their names, forms by what one would write for them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Count, Max

from library.language.letters import typed_key
from library.lexicon.models import Concept, Word
from library.presentation.lists.lines import SHOWN_GROUPS, shortened

from ..analysis import Keys, keys_of
from ..indexing.knowledge import Cached

SHORTEST_FORM = 3  # letters: shorter ones begin a hundred words
MOST_MEANINGS = 2
MOST_FORMS = 2
LOOKED_AT = 200  # forms with the same beginning


def meanings_beginning(words: Sequence[Keys]) -> list[Concept]:
    """The concepts with a name that begins like the words typed, the last of which may be half typed; the shortest name first."""
    found = sorted((name, pk) for name, pk in _meanings.get() if _begins(name, words))
    keys = list(islice(dict.fromkeys(pk for _name, pk in found), MOST_MEANINGS))
    concepts = Concept.objects.in_bulk(keys)
    return [concepts[key] for key in keys]


def forms_beginning(typed: str, but: Sequence[Concept] = ()) -> list[tuple[Word, str]]:
    """The first forms that begin like what was typed, one for each meaning, with the names of the peoples whose they are."""
    key = typed_key(typed)
    if len(key) < SHORTEST_FORM:
        return []
    rows = _forms.get()
    start = bisect_left(rows, (key, 0, 0))
    told, first_of = {concept.pk for concept in but}, dict[int, int]()
    for form, pk, concept in rows[start : start + LOOKED_AT]:
        if form.startswith(key) and concept not in told:
            first_of.setdefault(concept, pk)
    keys = list(first_of.values())[:MOST_FORMS]
    words = Word.objects.select_related("concept", "list").prefetch_related("list__groups").in_bulk(keys)
    return [(words[pk], shortened((group.name for group in words[pk].list.groups.all()), SHOWN_GROUPS)) for pk in keys]


def forget() -> None:
    """Read the lists again at the next call."""
    _meanings.forget()
    _forms.forget()


def _begins(name: tuple[str, ...], words: Sequence[Keys]) -> bool:
    typed = [word.fold for word in words]
    return list(name[: len(typed) - 1]) == typed[:-1] and len(name) >= len(typed) and name[len(typed) - 1].startswith(typed[-1])


def _stamp() -> object:
    return Word.objects.aggregate(Max("pk"), Count("pk")), Concept.objects.count()


def _read_meanings() -> list[tuple[tuple[str, ...], int]]:
    return [(name, pk) for pk, *labels in Concept.objects.values_list("pk", "label_vi", "label_en") for name in _names(labels)]


def _names(labels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(word.fold for word in keys_of(label)) for label in labels if label)


def _read_forms() -> list[tuple[str, int, int]]:
    return sorted((typed_key(form), pk, concept) for pk, form, concept in Word.objects.values_list("pk", "form", "concept_id"))


_meanings: Cached[list[tuple[tuple[str, ...], int]]] = Cached(_stamp, _read_meanings)
_forms: Cached[list[tuple[str, int, int]]] = Cached(_stamp, _read_forms)
