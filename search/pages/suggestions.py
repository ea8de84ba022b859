"""Suggestions for a half-typed search: names of peoples, meanings of words, titles, forms of words.

Only records that the reader may see are suggested.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from library.access import Viewer
from library.presentation.lists.kinds import kind_label
from library.presentation.lists.lines import SHOWN_GROUPS, shortened
from library.presentation.words.dictionaries import concept_url, meaning_of
from library.records.models import Record
from library.vocabularies.models import EthnicGroup

from ..access import access_for
from ..analysis import Keys, keys_of
from ..engines.base import EngineUnavailable, IndexOutdated
from ..engines.registry import engines
from ..indexing.knowledge import names
from ..results.grouping import heads_of, practices_of
from .word_suggestions import forms_beginning, meanings_beginning

SHORTEST = 2  # letters
MOST = 8
MOST_NAMES = 3
CANDIDATES = 40  # titles taken from the index, of which the best are suggested


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One line under the search field. ``note`` says what it is: a people, a festival …"""

    label: str
    note: str
    url: str


def suggestions(typed: str, viewer: Viewer) -> list[SuggestionView]:
    """Names and titles that begin like the words typed. The last word may be half typed."""
    words = [word for word in keys_of(typed) if not word.clusters]
    if sum(len(word.written) for word in words) < SHORTEST:
        return []
    owners = names().beginning(words, MOST_NAMES)
    groups = [SuggestionView(owner.official, _("dân tộc"), reverse("group", args=[owner.group])) for owner in owners]
    concepts = meanings_beginning(words)
    meanings = [SuggestionView(meaning_of(concept).plain, _("từ trong các tiếng"), concept_url(concept)) for concept in concepts]
    forms = [
        SuggestionView(word.form, f"{meaning_of(word.concept).plain} · {people}", concept_url(word.concept))
        for word, people in ([] if owners else forms_beginning(typed, but=concepts))
    ]
    return [*groups, *meanings, *_titles(typed, words, viewer, MOST - len(groups) - len(meanings) - len(forms)), *forms]


def _titles(typed: str, words: list[Keys], viewer: Viewer, limit: int) -> list[SuggestionView]:
    access = access_for(viewer)
    for engine in engines():
        try:
            titles = engine.suggest(typed, access, CANDIDATES)
        except (EngineUnavailable, IndexOutdated):
            continue
        records = Record.objects.visible_to(viewer).in_bulk([title.id for title in titles])
        nearest = sorted((records[title.id] for title in titles if title.id in records), key=lambda r: _distance(r.title_vi, words))
        return _views(_each_once(nearest)[:limit])
    return []


def _each_once(records: list[Record]) -> list[Record]:
    """The records without the listings of a practice that stands among them, and with one listing only of another practice."""
    keys = [record.pk for record in records]
    heads = heads_of(keys, practices_of(keys))
    by_key = {record.pk: record for record in records}
    folded = {heads.get(pk, pk): by_key.get(heads.get(pk, pk), by_key[pk]) for pk in reversed(keys)}
    return list(reversed(folded.values()))


def _views(records: list[Record]) -> list[SuggestionView]:
    """The suggestions; those of one kind with the same title say of which people they are."""
    same = Counter((record.title, record.record_type) for record in records)
    repeated = [record for record in records if same[record.title, record.record_type] > 1]
    prefetch_related_objects(repeated, Prefetch("groups", EthnicGroup.objects.only("slug", "name_vi", "name_en")))
    views = []
    for record in records:
        whose = shortened((group.name for group in record.groups.all()), SHOWN_GROUPS) if record in repeated else ""
        note = " · ".join(filter(None, [kind_label(record.record_type), whose]))
        views.append(SuggestionView(record.title, note, record.get_absolute_url()))
    return views


def _distance(title: str, words: list[Keys]) -> int:
    """0: the title begins with the words; 1: the title has them; 2: only another name of the record has them."""
    folds = [word.typed_fold for word in keys_of(title)]
    typed = [word.typed_fold for word in words]
    if all(fold.startswith(beginning) for fold, beginning in zip(folds, typed, strict=False)) and len(folds) >= len(typed):
        return 0
    return 1 if all(any(fold.startswith(beginning) for fold in folds) for beginning in typed) else 2
