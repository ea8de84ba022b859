"""What a plan for records asks of a moment inside one: the same words, in the one text that a moment has. Pure."""

from dataclasses import replace

from search.query.plan import AllOf, Clause, Group, Plan, Term

from .base import MOMENT_TIERS

(TEXT,) = MOMENT_TIERS  # a moment has one text
WHOLE = "all"  # the field that holds every text of a record


def moment_clauses(plan: Plan) -> list[Clause]:
    """The clauses of a plan that a moment can score by."""
    return [clause for clause in plan.clauses if clause.term.field in {TEXT, "nospace"}]


def moment_coverage(plan: Plan) -> tuple[Group, ...]:
    """The coverage of a plan, asked of the text of a moment; a group that speaks only of titles and names falls away."""
    groups = (tuple(dict.fromkeys(moved for terms in group if (moved := _moved(terms)))) for group in plan.coverage)
    return tuple(group for group in groups if group)


def _moved(terms: AllOf) -> AllOf:
    return tuple(_in_text(term) for term in terms) if all(term.field in {WHOLE, TEXT, "nospace"} for term in terms) else ()


def _in_text(term: Term) -> Term:
    return replace(term, field=TEXT) if term.field == WHOLE else term
