"""Who agreed to a use of a record that touches them, and when that ended. Rows are never deleted, only closed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ContactConsent(models.Model):
    """The consent of those whom readers may turn to, or who are heard. It is no part of a version: closing it works at once."""

    class Use(models.TextChoices):
        CONTACT = "contact", _("cho thấy liên hệ")
        BROADCAST = "broadcast", _("phát trên loa, trong bản tin")

    class Given(models.TextChoices):
        WRITTEN = "written", _("bằng giấy")
        SPOKEN = "spoken", _("bằng lời, có ghi âm")

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="contact_consents")
    use = models.CharField(_("đồng ý cho việc gì"), max_length=10, choices=Use.choices, default=Use.CONTACT)
    given_by = models.CharField(_("người đồng ý"), max_length=300)
    given_how = models.CharField(_("đồng ý bằng cách nào"), max_length=10, choices=Given.choices)
    given_on = models.DateField(_("ngày đồng ý"))
    until = models.DateField(_("đến ngày"), null=True, blank=True)
    evidence = models.CharField(_("số giấy, hoặc nơi cất băng"), max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on}"

    @property
    def holds(self) -> bool:
        """Whether it was neither withdrawn nor has expired; ``until`` is the last day on which it holds."""
        return self.withdrawn_at is None and (self.until is None or timezone.localdate() <= self.until)
