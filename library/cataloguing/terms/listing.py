"""The list of terms: labels, what is broader, validity, state, and how many records use each."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from library.vocabularies.lookup import language_name
from library.vocabularies.models import FIXED_VOCABULARIES, UNKNOWN_START, Term, Vocabulary
from media_pipeline.text.names import named_like

from .access import may_decide, may_merge
from .numbers import numbers_of_records, records_url

VOCABULARY = pgettext_lazy("singular", "Bộ từ vựng")
RETIRED = "retired"  # follows from the dates: no state of its own
SEARCHED = ("code__folded", "label_vi__folded", "label_en__folded", "labels__text__folded")


def state_of(term: Term) -> str:
    """The state in words: of an approved term also that it is valid no longer, of a merged one what it leads to."""
    if term.merged_into is not None:
        return _("đã gộp vào “%(term)s”") % {"term": term.merged_into.label}
    if term.state == Term.State.APPROVED and term.retired:
        return _("hết hiệu lực")
    return str(term.get_state_display())


def validity_of(term: Term) -> str:
    """From and to, where they are known."""
    words = []
    if term.valid_from != UNKNOWN_START:
        words.append(_("từ %(day)s") % {"day": date_format(term.valid_from, "SHORT_DATE_FORMAT")})
    if term.valid_to:
        words.append(_("đến trước %(day)s") % {"day": date_format(term.valid_to, "SHORT_DATE_FORMAT")})
    return " ".join(words)


def other_labels_of(term: Term) -> str:
    """Labels beside the Vietnamese and the English one, each with its language."""
    return "; ".join(f"{label.text} ({language_name(label.language)})" for label in term.labels.all())


class TermFilterSet(WagtailFilterSet):
    """Filters by vocabulary and by state."""

    vocabulary = django_filters.ModelChoiceFilter(label=VOCABULARY, queryset=Vocabulary.objects.order_by("label_vi"))
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Trạng thái"),
        choices=[*Term.State.choices, (RETIRED, gettext_lazy("hết hiệu lực"))],
        method="in_state",
    )

    class Meta:
        model = Term
        fields = ["vocabulary", "state"]

    def in_state(self, terms: QuerySet[Term], name: str, state: str) -> QuerySet[Term]:
        """A term that is valid no longer is approved no more than it was; it has a line of its own."""
        over = Q(valid_to__lte=localdate())
        if state == RETIRED:
            return terms.filter(over, state=Term.State.APPROVED)
        return terms.filter(state=state).exclude(over) if state == Term.State.APPROVED else terms.filter(state=state)


class UsesColumn(Column):
    """The number of records, leading to them."""

    cell_template_name = "cataloguing/terms/uses_cell.html"


def merge_button(term: Term, user: Any) -> list[Button]:
    """The way to merge a term, for whoever may."""
    if term.merged_into_id is not None or term.vocabulary.code in FIXED_VOCABULARIES or not may_merge(user, term):
        return []
    return [Button(gettext_lazy("Gộp vào thuật ngữ khác"), url=reverse("merge_term", args=[term.pk]), icon_name="resubmit", priority=40)]


def decide_button(term: Term, user: Any) -> list[Button]:
    """The way to decide on a suggestion, for whoever may."""
    if term.state != Term.State.SUGGESTED or not may_decide(user):
        return []
    return [Button(gettext_lazy("Duyệt đề xuất"), url=reverse("decide_term", args=[term.pk]), icon_name="check", priority=5)]


class TermIndexView(IndexView):
    """The list; its search finds every label, with marks or without. Numbers are counted for the terms of the page, in one query."""

    def search_queryset(self, queryset: QuerySet[Term]) -> QuerySet[Term]:
        found = named_like(Term.objects.order_by(), self.search_query, *SEARCHED) if self.is_searching else None
        return queryset if found is None else queryset.filter(pk__in=found.values("pk"))

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        numbers = numbers_of_records(object_list, self.request.user)
        for term in object_list:
            term.number_of_records = numbers.get(term.pk, 0)
            term.records_url = records_url(term)
        return super().get_table(object_list, **kwargs)

    def get_list_more_buttons(self, instance: Term) -> list[Any]:
        user = self.request.user
        return [*super().get_list_more_buttons(instance), *decide_button(instance, user), *merge_button(instance, user)]


COLUMNS = [
    "label_vi",
    Column("label_en", label=gettext_lazy("Nhãn tiếng Anh"), sort_key="label_en"),
    Column("labels", label=gettext_lazy("Tiếng khác, cách gọi khác"), accessor=other_labels_of),
    Column("vocabulary", label=VOCABULARY),
    Column("broader", label=gettext_lazy("Thuật ngữ rộng hơn"), accessor=lambda term: term.broader or ""),
    Column("validity", label=gettext_lazy("Hiệu lực"), accessor=validity_of),
    Column("state", label=gettext_lazy("Trạng thái"), accessor=state_of, sort_key="state"),
    UsesColumn("uses", label=gettext_lazy("Số tư liệu"), accessor="number_of_records"),
]
