"""The tables of packs."""

from .issues import IssueState, PackIssue
from .packed import PackedRecord
from .packs import Pack, SubjectKind, Weight

__all__ = ["IssueState", "Pack", "PackIssue", "PackedRecord", "SubjectKind", "Weight"]
