"""Folk knowledge, as it has been described in public. No plant is named, and no step is given: these need consent."""

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, ml, names

NOT_ASKED = "Chưa hỏi cộng đồng: chỉ tóm tắt điều đã in công khai, xem nguồn"


def knowledge_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one field of knowledge, with its word of care."""
    return Draft(
        record_type="knowledge",
        details={"field": row.values("profile_field"), "risk_note": ml(row.text("risk_note_vi")), "prior_consent": [NOT_ASKED]},
        texts=names(row, "vernacular_name", UNDETERMINED),
        **described(row, lookups),
    )
