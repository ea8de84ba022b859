"""Language tags of texts (BCP 47, RFC 5646): whether a tag is well-formed, and the direction of its script."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TAG = re.compile(
    r"^(?:[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+)$"
)
_RIGHT_TO_LEFT = {"Arab"}  # the only right-to-left script of the authority list (domain handbook, section 4)


def validate_language_tag(tag: str) -> None:
    """Raises ValidationError unless the tag is well-formed and in its canonical letter case."""
    if not _TAG.match(tag):
        raise ValidationError(
            _("Không có tiếng nào là “%(tag)s”. Hãy chọn trong danh sách, hoặc ghi mã như tyz, hmn-Latn, km-Khmr."), params={"tag": tag}
        )


def direction(tag: str) -> str:
    """``rtl`` for a tag whose script runs from right to left, else ``ltr``."""
    return "rtl" if _RIGHT_TO_LEFT & set(tag.split("-")) else "ltr"
