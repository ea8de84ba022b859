"""Searches without results, and the tasks that staff make of them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..understanding import LONGEST_KEY


class ZeroResultQueryQuerySet(models.QuerySet["ZeroResultQuery"]):
    def shown_to_staff(self) -> "ZeroResultQueryQuerySet":
        """Rows seen often enough that they are nobody's alone."""
        return self.filter(count__gte=ZeroResultQuery.SHOWN_FROM)

    def outdated(self, today: date) -> "ZeroResultQueryQuerySet":
        """Rows past the time they are kept."""
        return self.filter(day__lt=today - ZeroResultQuery.KEPT)


class ZeroResultQuery(models.Model):
    """The words of searches without results, counted by day. It holds no address, account, cookie, user agent or time of day."""

    SHOWN_FROM = 3
    KEPT = timedelta(days=90)

    day = models.DateField(_("ngày"))
    words = models.CharField(_("từ tìm"), max_length=300)
    mode = models.CharField(_("cách gõ dấu"), max_length=10)
    language = models.CharField(_("ngôn ngữ giao diện"), max_length=10)
    facets = models.CharField(_("điều kiện lọc"), max_length=300, blank=True)
    count = models.PositiveIntegerField(_("số lần"), default=0)

    objects = ZeroResultQueryQuerySet.as_manager()

    # The name of the constraint is that of the first migration: it is stored in the database.
    class Meta:
        verbose_name = _("từ tìm không có kết quả")
        verbose_name_plural = _("từ tìm không có kết quả")
        ordering = ["-count", "words"]
        constraints = [
            models.UniqueConstraint(fields=["day", "words", "mode", "language", "facets"], name="one_row_per_fruitless_query_and_day")
        ]

    def __str__(self) -> str:
        return self.words


class SearchTask(models.Model):
    """Work that staff made of words without results. It keeps the words, which readers may have typed in several spellings."""

    class State(models.TextChoices):
        NEW = "new", _("mới")
        WORKING = "working", _("đang làm")
        DONE = "done", _("xong")

    class Outcome(models.TextChoices):
        NAME = "name", _("đã thêm tên dân tộc")
        SYNONYM = "synonym", _("đã thêm từ đồng nghĩa")
        PIN = "pin", _("đã ghim tư liệu")
        COLLECT = "collect", _("cần sưu tầm tư liệu")
        FOUND = "found", _("độc giả nay đã tìm thấy")
        NOTHING = "nothing", _("không cần làm gì")

    words = models.CharField(_("từ tìm"), max_length=300)
    key = models.CharField(max_length=LONGEST_KEY, unique=True, editable=False)  # the folded words
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.NEW)
    outcome = models.CharField(_("đã làm gì"), max_length=8, choices=Outcome.choices, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("giao cho người")
    )
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("giao cho cơ quan")
    )
    due = models.DateField(_("hạn"), null=True, blank=True)
    created_at = models.DateTimeField(_("lập lúc"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("xong lúc"), null=True, editable=False)

    class Meta:
        verbose_name = _("việc từ tìm kiếm")
        verbose_name_plural = _("việc từ tìm kiếm")
        ordering = ["due", "words"]

    def __str__(self) -> str:
        return self.words

    @property
    def is_done(self) -> bool:
        """Whether it has left the list of open work."""
        return self.state == self.State.DONE

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return not self.is_done and self.due is not None and self.due < timezone.localdate()
