"""Sources that rows cite."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
