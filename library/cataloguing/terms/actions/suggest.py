"""Suggesting a term, and deciding on it: approve it as it is or with other words, refuse it with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.vocabularies.codes import free_code
from library.vocabularies.models import OPEN_VOCABULARIES, Term, Vocabulary
from library.vocabularies.spellings import spellings
from media_pipeline.text.folding import fold

from ..access import may_decide, may_suggest, require


@transaction.atomic
def suggest_term(vocabulary: Vocabulary, label_vi: str, *, user: Any, label_en: str = "", note: str = "") -> Term:
    """A new term that drafts may use at once and that waits for its approval.

    Raises PermissionDenied, and ValidationError where the vocabulary takes no suggestions or has the term already.
    """
    require(may_suggest(user))
    label = " ".join(label_vi.split())
    if vocabulary.code not in OPEN_VOCABULARIES:
        raise ValidationError(_("Bộ từ vựng này theo danh mục chung, không nhận đề xuất."))
    if not label:
        raise ValidationError(_("Xin ghi nhãn tiếng Việt."))
    known = next((each for each in spellings() if each.vocabulary == vocabulary.code and fold(each.written) == fold(label)), None)
    if known is not None:
        raise ValidationError(_("Đã có “%(term)s”.") % {"term": known.label})
    term = Term(vocabulary=vocabulary, code=free_code(vocabulary.pk, label), label_vi=label, label_en=label_en, note=note)
    term.state, term.suggested_by, term.position = Term.State.SUGGESTED, user, LAST
    term.full_clean()
    term.save()
    log(term, "wagtail.create", user=user)
    return term


LAST = 100_000  # behind the terms of the files


@transaction.atomic
def approve_term(term: Term, *, user: Any, label_vi: str = "", label_en: str = "") -> None:
    """Takes the suggestion into the vocabulary, with other labels where they are given. Raises PermissionDenied and ValidationError."""
    term = _open_suggestion(term, user)
    term.label_vi, term.label_en = label_vi or term.label_vi, label_en or term.label_en
    term.state = Term.State.APPROVED
    term.full_clean()
    term.save()
    log(term, "vocabularies.approve_term", user=user)


@transaction.atomic
def refuse_term(term: Term, reason: str, *, user: Any) -> None:
    """Says no, with the reason for the person who suggested it. Drafts that use it keep it until they choose another.

    Raises PermissionDenied and ValidationError.
    """
    term = _open_suggestion(term, user)
    if not reason.strip():
        raise ValidationError({"reason": _("Xin ghi lý do, để người đề xuất biết.")})
    term.state, term.decision = Term.State.REFUSED, reason.strip()
    term.save()
    log(term, "vocabularies.refuse_term", user=user, data={"reason": term.decision})


def _open_suggestion(term: Term, user: Any) -> Term:
    """The suggestion, locked, while nobody has decided on it."""
    require(may_decide(user))
    locked: Term = Term.objects.select_for_update().get(pk=term.pk)
    if locked.state != Term.State.SUGGESTED:
        raise ValidationError(_("Đề xuất này đã có người quyết định."))
    return locked
