"""Rows of the search package: changes that wait for an index, versions that an index has, searches without results, saved searches
and their alerts."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexEvent(models.Model):
    """One change that waits for one index. It is written in the transaction of the change, and deleted once the index has it.

    The highest id of a record's events is the version under which its document is written.
    """

    class Kind(models.TextChoices):
        RECORD = "record", _("tư liệu")
        GROUP = "group", _("dân tộc")
        GROUP_NAME = "group_name", _("tên dân tộc")
        UNIT = "unit", _("đơn vị hành chính")
        COMMUNITY = "community", _("cộng đồng")
        PERSON = "person", _("người")
        TERM = "term", _("thuật ngữ")
        OFFICE = "office", _("cơ quan")

    kind = models.CharField(_("đối tượng"), max_length=12, choices=Kind.choices, default=Kind.RECORD)
    object_id = models.PositiveBigIntegerField(_("số của đối tượng"))
    sink = models.CharField(_("chỉ mục"), max_length=20)
    created_at = models.DateTimeField(_("ghi lúc"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    next_try = models.DateTimeField(_("thử lại lúc"), default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    dead = models.BooleanField(_("đã dừng thử"), default=False)
    last_error = models.TextField(_("lỗi gần nhất"), blank=True)

    class Meta:
        verbose_name = _("việc chờ cập nhật chỉ mục")
        verbose_name_plural = _("việc chờ cập nhật chỉ mục")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["sink", "dead", "next_try"]),
            models.Index(fields=["kind", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.object_id} → {self.sink}"


class IndexedVersion(models.Model):
    """The version of a record that was last sent to an index, or of its removal: what reconciling compares with."""

    sink = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("phiên bản trong chỉ mục")
        verbose_name_plural = _("phiên bản trong chỉ mục")
        constraints = [models.UniqueConstraint(fields=["sink", "record_id"], name="one_version_per_record_and_index")]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.sink} ({self.version})"


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
