"""Merging a term into another: what it would move, whether it may be, and its beginning. The worker moves what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.records.models import TermUse
from library.records.terms.relations import term_columns
from library.vocabularies.models import FIXED_VOCABULARIES, Term, TermLabel, TermMerge

from ..access import may_merge, require

LABELS = (("label_vi", "vi"), ("label_en", "en"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term is used: what the place is called, and how many rows of it have the term."""

    label: str
    number: int


def check_merge(old: Term, new: Term) -> None:
    """Raises ValidationError with the reason why the one cannot be merged into the other."""
    if old.pk == new.pk:
        raise ValidationError(_("Không gộp một thuật ngữ vào chính nó."))
    if old.vocabulary_id != new.vocabulary_id:
        raise ValidationError(_("Hai thuật ngữ thuộc hai bộ từ vựng khác nhau."))
    if old.vocabulary.code in FIXED_VOCABULARIES:
        raise ValidationError(_("Phần mềm dùng từng mã của bộ từ vựng này nên không gộp được."))
    if old.merged_into_id is not None:
        raise ValidationError(_("“%(term)s” đã gộp vào thuật ngữ khác rồi.") % {"term": old.label})
    if new.state != Term.State.APPROVED:
        raise ValidationError(_("Chỉ gộp vào thuật ngữ đã duyệt."))
    if new.is_within(old.pk):
        raise ValidationError(_("“%(term)s” nằm dưới thuật ngữ gộp đi. Hãy bỏ nó ra trước.") % {"term": new.label})


def places_of(term: Term) -> list[Place]:
    """Every place where the term is used, those with rows first in the order of the tables; fields of record types come last."""
    records = TermUse.objects.filter(term=term).count()
    places = [Place(_("Tư liệu, kể cả bản nháp"), records)]
    for column in term_columns():
        if number := column.rows.filter(**{column.name: term.pk}).count():
            places.append(Place(column.label, number))
    return places


def in_use(terms: Sequence[Term]) -> list[Term]:
    """Those of the terms that a record, a row, a narrower or a merged term uses."""
    keys = [term.pk for term in terms]
    found = set(TermUse.objects.filter(term__in=keys).values_list("term", flat=True))
    for name in ("broader", "merged_into"):
        found |= set(Term.objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True))
    for column in term_columns():
        found |= set(column.rows.filter(**{f"{column.name}__in": keys}).values_list(column.name, flat=True))
    return [term for term in terms if term.pk in found]


def narrower_of(term: Term) -> int:
    """How many terms stand right below it."""
    return int(Term.objects.filter(broader=term).aggregate(number=Count("pk"))["number"])


@transaction.atomic
def begin_merge(old: Term, new: Term, *, user: Any) -> TermMerge:
    """Has the old term lead to the new one from now on, and begins to move its uses.

    Raises PermissionDenied, and ValidationError with the reason why it cannot be. What stood below the old term stands below the new
    one, and its labels become other words for it.
    """
    rows = Term.objects.select_for_update(of=("self",)).select_related("vocabulary").in_bulk([old.pk, new.pk])
    old, new = rows[old.pk], rows[new.pk]
    require(may_merge(user, old))
    check_merge(old, new)
    _keep_labels(old, new)
    for child in Term.objects.filter(broader=old):
        child.broader = new
        child.save(update_fields=["broader"])
    Term.objects.filter(merged_into=old).update(merged_into=new)
    was = old.state
    old.state, old.merged_into, old.broader = Term.State.MERGED, new, None
    old.save(update_fields=["state", "merged_into", "broader"])
    new.save(update_fields=["state"])  # tells the index that it has more words
    total = TermUse.objects.filter(term=old).count()
    merge = TermMerge.objects.create(old=old, new=new, user=user, total=total, step_began_at=timezone.now())
    data = {"old": old.label_vi, "old_code": old.code, "new": new.label_vi, "new_code": new.code, "records": total, "was": was}
    for term in (old, new):
        log(term, "vocabularies.merge_term", user=user, data=data)
    return merge


def _keep_labels(old: Term, new: Term) -> None:
    """The labels of the old term find the new one."""
    labels = [(language, getattr(old, name)) for name, language in LABELS if getattr(old, name)]
    labels += [(row.language, row.text) for row in old.labels.all()]
    own = {getattr(new, name) for name, _language in LABELS}
    TermLabel.objects.bulk_create(
        [TermLabel(term=new, language=language, text=text) for language, text in labels if text not in own], ignore_conflicts=True
    )
