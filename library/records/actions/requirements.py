"""What a record must have before it is published: the required fields of the core and of its profile. Only reads."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from ..profiles import missing_required, profile

# Required core fields (domain handbook, section 8, "Common core") and the record types that need no group.
WITHOUT_GROUP = {"person", "place", "document", "organisation"}


def missing_for_publication(record: DraftStateMixin) -> dict[str, str]:
    """Form field → sentence for the reader, for each requirement that is not met; empty when the record may be published."""
    sentences: dict[str, str] = {}
    if not record.title_vi.strip():
        sentences["title_vi"] = _("Tư liệu cần có tên.")
    if not record.summary_vi.strip() and record.record_type != "lexeme":
        sentences["summary_vi"] = _("Hãy viết một hai câu tóm tắt.")
    if record.record_type not in WITHOUT_GROUP and not record.groups.all():
        sentences["groups"] = _("Hãy chọn ít nhất một dân tộc.")
    if not record.sources.all():
        sentences["sources"] = _("Hãy ghi ít nhất một nguồn.")
    unlabelled = [row for row in record.media.all() if row.asset.kind == "image" and not row.alt_vi.strip()]
    if unlabelled:
        sentences["media"] = _("Mỗi ảnh cần văn bản thay thế, cho người không nhìn thấy ảnh.")
    fields = missing_required(profile(record.record_type), record.details)
    if fields:
        sentences["details"] = _("Còn thiếu: %(fields)s.") % {"fields": ", ".join(str(field.label) for field in fields)}
    return sentences


def check_publishable(record: DraftStateMixin) -> None:
    """Raises ValidationError with a sentence for each field that is missing."""
    sentences = missing_for_publication(record)
    if sentences:
        raise ValidationError(sentences)
