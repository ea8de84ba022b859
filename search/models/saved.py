"""Searches that people keep, and what they were told of."""

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A search that a person keeps, and how often to write when it finds something new. ``query`` is its address after the ``?``."""

    class Often(models.TextChoices):
        NEVER = "never", _("không báo")
        DAILY = "daily", _("mỗi ngày")
        WEEKLY = "weekly", _("mỗi tuần")

    MOST = 50  # of one person
    MOST_BY_MAIL = 10  # of these, so many that send letters
    LONGEST_QUERY = 2_000

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("người"))
    name = models.CharField(_("tên"), max_length=100)
    query = models.CharField(_("câu tìm"), max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(_("ngôn ngữ của thư"), max_length=10, default="vi")
    often = models.CharField(_("báo khi có mới"), max_length=8, choices=Often.choices, default=Often.WEEKLY)
    created_at = models.DateTimeField(_("lưu lúc"), default=timezone.now)
    told_until = models.DateTimeField(_("đã báo đến"), default=timezone.now)

    class Meta:
        verbose_name = _("tìm kiếm đã lưu")
        verbose_name_plural = _("tìm kiếm đã lưu")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of its results."""
        return f"{reverse('search')}?{self.query}"

    @property
    def parameters(self) -> QueryDict:
        """The search as the form reads it."""
        return QueryDict(self.query)


class Alert(models.Model):
    """What one round found new for a saved search: written with the round's end, so that no record is told twice.

    ``mailed_at`` is set before the letter goes: a server that dies in between loses a letter, never sends it twice; the account page
    shows every alert in any case.
    """

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="alerts", verbose_name=_("tìm kiếm"))
    record_ids = models.JSONField(default=list)
    found_at = models.DateTimeField(_("thấy lúc"), default=timezone.now)
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lời báo có mới")
        verbose_name_plural = _("lời báo có mới")
        ordering = ["-found_at", "-id"]

    def __str__(self) -> str:
        return f"{self.search}: {len(self.record_ids)}"
