"""What a record must have before it may be published: the profile's required fields and the core's. Pure reading, no writing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from ..profiles import missing_required, profile

# Required core fields (domain handbook, section 8, "Common core") and the types that are excused from some of them.
WITHOUT_GROUP = {"person", "place", "document", "organisation"}


def missing_for_publication(record: DraftStateMixin) -> dict[str, str]:
    """Form field name → plain sentence for all that is still missing; empty when the record may be published."""
    missing: dict[str, str] = {}
    if not record.title_vi.strip():
        missing["title_vi"] = _("Tư liệu cần có tên.")
    if not record.summary_vi.strip() and record.record_type != "lexeme":
        missing["summary_vi"] = _("Hãy viết một hai câu tóm tắt.")
    if record.record_type not in WITHOUT_GROUP and not record.groups.all():
        missing["groups"] = _("Hãy chọn ít nhất một dân tộc.")
    if not record.sources.all():
        missing["sources"] = _("Hãy ghi ít nhất một nguồn.")
    unlabelled = [row for row in record.media.all() if row.asset.kind == "image" and not row.alt_vi.strip()]
    if unlabelled:
        missing["media"] = _("Mỗi ảnh cần văn bản thay thế, cho người không nhìn thấy ảnh.")
    fields = missing_required(profile(record.record_type), record.details)
    if fields:
        missing["details"] = _("Còn thiếu: %(fields)s.") % {"fields": ", ".join(str(field.label) for field in fields)}
    return missing


def check_publishable(record: DraftStateMixin) -> None:
    """Raises ValidationError that names each missing field."""
    missing = missing_for_publication(record)
    if missing:
        raise ValidationError(missing)
