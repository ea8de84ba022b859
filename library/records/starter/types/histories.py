"""Origins, migrations, events. Whether an account is attested or only told follows from the confidence of its row."""

from library.vocabularies.loading.rows import Row

from ...models.choices import Confidence
from ..drafts import WITHOUT_ORIGIN, Draft, Lookups, described, noted

TOPICS = {
    "nguồn gốc": "origin",
    "di cư": "migration",
    "sự kiện": "event",
    "hành chính": "event",
    "ghi chép đầu tiên": "event",
    "nhân vật": "figure",
}
EVIDENCE: dict[str, str] = {Confidence.HIGH: "attested", Confidence.MEDIUM: "probable", Confidence.LOW: "disputed"}


def history_draft(row: Row, lookups: Lookups) -> Draft:
    """The draft of one account."""
    told = set(row.sources()) <= WITHOUT_ORIGIN
    details = {
        "topic": [row.meaning("kind", row.required("kind"), TOPICS)],
        "source_kind": ["oral" if told else "written"],
        "evidence": "told" if told else row.meaning("confidence", row.required("confidence"), EVIDENCE),
    }
    return Draft(
        record_type="history",
        details=details,
        dates=row.values("edtf"),
        texts=noted(row, persons="Người được nhắc đến"),
        **described(row, lookups),
    )
