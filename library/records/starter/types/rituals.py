"""Customs and rites. Those whose details are not for everybody say so in the column ``access``."""

from library.vocabularies.loading.rows import Row

from ..drafts import UNDETERMINED, Draft, Lookups, described, ml, names, noted


def ritual_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one custom. When it is held is known in words only, so that is a note."""
    details = {
        "stage": row.values("stage"),
        "purpose": ml(row.text("purpose_vi")),
        "officiants": [ml(words) for words in row.values("officiants_vi")],
        "restriction": row.values("restriction"),
    }
    return Draft(
        record_type="ritual",
        details=details,
        texts=[*names(row, "vernacular_name", UNDETERMINED), *noted(row, when_vi="Thời điểm")],
        **described(row, lookups),
    )
