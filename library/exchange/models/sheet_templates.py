"""The template of inventory sheets that an office has put in the place of ours."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.accounts.models import Office


class SheetTemplate(models.Model):
    """A Word document with names in braces. It is for the records of the office and of the offices below it that have none."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="sheet_template", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên tệp"), max_length=200)
    content = models.BinaryField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("mẫu phiếu kiểm kê")
        verbose_name_plural = _("mẫu phiếu kiểm kê")

    def __str__(self) -> str:
        return self.name
