"""Documents of the starter collection: lists printed from the authorities."""

from library.vocabularies.loading.rows import Row

from ...models.choices import Confidence
from ..drafts import ALL_GROUPS, MINISTRY, Draft, Lookups, cited, review_state


def document_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one list. Its pages are a file of media_plan.csv."""
    return Draft(
        row=row,
        source_key=row.required("id"),
        record_type="document",
        title_vi=row.required("name_vi"),
        title_en=row.text("name_en"),
        summary_vi=row.required("summary_vi"),
        summary_en=row.text("summary_en"),
        details={"kind": "list"},
        confidence=row.meaning("confidence", row.required("confidence"), dict.fromkeys(Confidence.values, row.text("confidence"))),
        state=review_state(row),
        office=MINISTRY,
        rights="CC-BY-4.0",
        groups=list(lookups.groups.values()) if row.text("group_codes") == ALL_GROUPS else (),
        sources=cited(row, lookups),
    )
