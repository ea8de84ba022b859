"""One meaning in many languages, the words of one list, and the page that leads to both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.lexicon.models import Concept, WordList
from library.presentation.authorities import group_entries
from library.presentation.words.concepts import concept_words
from library.presentation.words.dictionaries import concepts_by_field, dictionary, lists_by_people, meaning_of
from library.presentation.words.lists import SURE, elsewhere

from .public_view import public_page

LONGEST_SEARCH = 60


@public_page
def words_page(request: HttpRequest) -> HttpResponse:
    """The concepts by field, and the dictionaries by language family and people."""
    return render(request, "words/list.html", {"fields": concepts_by_field(), "families": lists_by_people()})


@public_page
def concept_page(request: HttpRequest, code: str) -> HttpResponse:
    """How every people says it: on maps, as a table, with the sources."""
    concept = get_object_or_404(Concept.objects.select_related("field"), code=code)
    beside = Concept.objects.filter(field=concept.field).exclude(pk=concept.pk)
    context = {"concept": concept, "meaning": meaning_of(concept), "words": concept_words(concept)}
    return render(request, "words/concept.html", context | {"beside": [(meaning_of(other), other.code) for other in beside]})


@public_page
def word_list_page(request: HttpRequest, code: str) -> HttpResponse:
    """The words of one list in the order of its letters, by field, with search inside."""
    words = get_object_or_404(WordList.objects.prefetch_related("groups"), code=code)
    field, asked = request.GET.get("nhom", ""), request.GET.get("tu", "").strip()[:LONGEST_SEARCH]
    peoples = group_entries(words.groups.all())
    context = {
        "list": words,
        "peoples": peoples,
        "names": ", ".join(people.name for people in peoples),
        "elsewhere": elsewhere(words),
        "unsure": words.confidence != SURE,
        "dictionary": dictionary(words, field, asked),
        "field": field,
        "asked": asked,
    }
    return render(request, "words/dictionary.html", context)
