"""Invitations: a code that can be used once to set a password. The code itself is never stored."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import User

VALID_FOR = timedelta(days=7)


def _expiry() -> datetime:
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state."""

    def open(self) -> "InvitationQuerySet":
        """Those that can still be used."""
        return self.filter(accepted_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class Invitation(models.Model):
    """Lets one person set the own password once. A new one takes the place of the earlier ones of that person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("người được mời"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("người mời"))
    created_at = models.DateTimeField(_("mời lúc"), default=timezone.now)
    expires_at = models.DateTimeField(_("dùng được đến"), default=_expiry)
    accepted_at = models.DateTimeField(_("nhận lúc"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("lời mời")
        verbose_name_plural = _("lời mời")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(accepted_at=None), name="one_open_invitation_each")]

    def __str__(self) -> str:
        return f"{self.user} · {self.created_at:%d/%m/%Y}"
