"""Who may do what with terms, by the rights that the table of roles gives."""

from typing import Any

from django.core.exceptions import PermissionDenied

from library.vocabularies.models import Term


def may_suggest(user: Any) -> bool:
    """Whether the person may suggest a term."""
    return bool(user.has_perm("vocabularies.suggest_term"))


def may_decide(user: Any) -> bool:
    """Whether the person may decide on suggested terms."""
    return bool(user.has_perm("vocabularies.decide_term"))


def may_merge(user: Any, old: Term) -> bool:
    """Whether the person may merge the term away: who decides on suggestions, a suggested one; who cares for vocabularies, any."""
    return bool(user.has_perm("vocabularies.merge_term")) or (old.state == Term.State.SUGGESTED and may_decide(user))


def require(allowed: bool) -> None:
    """Raises PermissionDenied unless it is allowed."""
    if not allowed:
        raise PermissionDenied
