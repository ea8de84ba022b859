"""What the authority tables have in common: labels, and where a row was loaded from."""

from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

UNKNOWN_START = date(1, 1, 1)  # an unchanged unit has no recorded start; NULLs would not collide in a unique key


class LabelledRow(models.Model):
    """A row with a Vietnamese and an English label."""

    label_vi = models.CharField(_("nhãn tiếng Việt"), max_length=300)
    label_en = models.CharField(_("nhãn tiếng Anh"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language, Vietnamese where there is no other."""
        return (self.label_en if get_language() == "en" else "") or self.label_vi


class LoadedRow(models.Model):
    """A row loaded from a file. Its fingerprint is that of the loaded values: a different one now means that a person edited the row."""

    loaded_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class LoadedFolder(models.Model):
    """The digest of the files that were loaded last. At the next start, unchanged files are not read again."""

    name = models.SlugField(unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("thư mục đã nạp")
        verbose_name_plural = _("thư mục đã nạp")

    def __str__(self) -> str:
        return self.name
