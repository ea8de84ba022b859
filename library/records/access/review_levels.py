"""What the profile of a record asks of its review: up to which level of offices, and whether two people are needed."""

from typing import Any

from library.accounts.models import Office

from ..profiles import profile
from ..profiles.schema import REVIEW_LEVELS


def is_last_level(office: Office, record_type: str) -> bool:
    """Whether the decision of this office is the last one for records of the type."""
    return REVIEW_LEVELS.index(office.level) >= REVIEW_LEVELS.index(profile(record_type).reviewed_up_to)


def may_publish_alone(user: Any, record_type: str) -> bool:
    """Whether this person may publish records of the type without a review: of an office at the last level, and one person is enough."""
    return user.office is not None and is_last_level(user.office, record_type) and not profile(record_type).two_people


def wrote(user: Any, record: Any, revision: Any) -> bool:
    """Whether the text is this person's own: one of ``authors_of``."""
    return user.pk in authors_of(record, revision)


def authors_of(record: Any, revision: Any) -> set[int]:
    """The keys of those who wrote the text: who began the record that was never public, who saved the version, and who has saved it or
    has written a part of it since the last publication (``records/actions/authors.py``).
    """
    keys = {record.created_by_id if record.first_published_at is None else None, revision.user_id if revision is not None else None}
    return {key for key in keys if key is not None} | set(record.co_authors.values_list("user_id", flat=True))
