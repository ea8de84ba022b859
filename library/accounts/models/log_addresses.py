"""From which network address an entry of the log came. Kept for a while only: it is personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry


class LogAddress(models.Model):
    """The address of one entry, which is one of a model or one of a page. Work of the machine itself has none."""

    model_entry = models.OneToOneField(ModelLogEntry, on_delete=models.CASCADE, null=True, related_name="address")
    page_entry = models.OneToOneField(PageLogEntry, on_delete=models.CASCADE, null=True, related_name="address")
    address = models.GenericIPAddressField(_("địa chỉ mạng"))
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("địa chỉ mạng của nhật ký")
        verbose_name_plural = _("địa chỉ mạng của nhật ký")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(model_entry=None, page_entry__isnull=False) | models.Q(model_entry__isnull=False, page_entry=None),
                name="address_of_one_log_entry",
            )
        ]

    def __str__(self) -> str:
        return str(self.address)
