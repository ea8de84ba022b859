"""Sources that rows cite."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.metadata.web_addresses import web_address

from .rows import LoadedRow


class Source(LoadedRow):
    """A source that rows of the starter data cite by its id (SOURCES.md). The id OWN is never stored and never printed."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    title = models.CharField(_("nhan đề"), max_length=500)
    urls = models.JSONField(_("địa chỉ"), default=list, blank=True)
    licence = models.CharField(_("giấy phép"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("nguồn")
        verbose_name_plural = _("nguồn")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        addresses = self.urls if isinstance(self.urls, list) else [None]
        if not all(map(web_address, addresses)):
            raise ValidationError({"urls": _('Mỗi địa chỉ bắt đầu bằng http:// hoặc https://, ví dụ ["https://vi.wikipedia.org"].')})
