"""What a plan for records asks of a passage inside one: the same words, in the one text that a passage has. Pure."""

from dataclasses import replace

from search.query.plan import AllOf, Clause, Group, Plan, QueryTerm

from .base import PASSAGE_TIERS

(TEXT,) = PASSAGE_TIERS  # a passage has one text
WHOLE = "all"  # the field that holds every text of a record


def passage_clauses(plan: Plan) -> list[Clause]:
    """The clauses of a plan that a passage can score by."""
    return [clause for clause in plan.clauses if clause.term.field in {TEXT, "nospace"}]


def passage_coverage(plan: Plan) -> tuple[Group, ...]:
    """The coverage of a plan, asked of the text of a passage; a group that speaks only of titles and names falls away."""
    groups = (tuple(dict.fromkeys(moved for terms in group if (moved := _moved(terms)))) for group in plan.coverage)
    return tuple(group for group in groups if group)


def _moved(terms: AllOf) -> AllOf:
    return tuple(_in_text(term) for term in terms) if all(term.field in {WHOLE, TEXT, "nospace"} for term in terms) else ()


def _in_text(term: QueryTerm) -> QueryTerm:
    return replace(term, field=TEXT) if term.field == WHOLE else term
