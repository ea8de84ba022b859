"""A bulletin: of which place, how far the worker is, its MP3, when it is heard. Its pieces stand beside it (``pieces.py``)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob
from library.vocabularies.models import AdminUnit


class BulletinState(models.TextChoices):
    """Where a bulletin stands. Readers hear a PUBLISHED one only; what is half built has no file."""

    DRAFT = "draft", _("Đang soạn")
    BUILDING = "building", _("Đang ghép tiếng")
    STOPPED = "stopped", _("Đã dừng ghép")
    FAILED = "failed", _("Chưa ghép được")
    READY = "ready", _("Đã ghép, chưa phát")
    SCHEDULED = "scheduled", _("Đã hẹn giờ phát")
    PUBLISHED = "published", _("Đang phát")
    CLOSED = "closed", _("Đã đóng")


class Bulletin(LeasedJob):
    """``total`` and ``done`` count pieces, and the joining as one more. The pieces change only in a state of OPEN."""

    AT_WORK = (BulletinState.BUILDING,)
    OPEN = (BulletinState.DRAFT, BulletinState.STOPPED, BulletinState.FAILED, BulletinState.READY, BulletinState.CLOSED)
    BUILT = (BulletinState.READY, BulletinState.SCHEDULED, BulletinState.PUBLISHED)

    title = models.CharField(_("tên bản tin"), max_length=200)
    summary = models.TextField(_("tóm tắt"), blank=True, max_length=600)
    place = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("cho tỉnh, xã nào"))
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT)
    problem = models.TextField(blank=True)  # why it failed, waits or was closed, for staff
    publish_at = models.DateTimeField(_("phát lúc"), null=True, blank=True)
    first_published_at = models.DateTimeField(null=True)  # its address was public: from then on it is said to be gone, never unknown
    key = models.CharField(max_length=200, blank=True)  # of the MP3 in the storage
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    duration_ms = models.PositiveBigIntegerField(default=0)
    loudness_lufs = models.FloatField(null=True)

    class Meta(LeasedJob.Meta):
        verbose_name = _("bản tin nghe")
        verbose_name_plural = _("các bản tin nghe")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page on which it is heard."""
        return reverse("bulletin", args=[self.pk])

    @property
    def file_url(self) -> str:
        """The address of its MP3."""
        return reverse("bulletin-file", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its pieces may be changed."""
        return self.state in self.OPEN

    @property
    def percent(self) -> int:
        """How much of a hundred is done."""
        return 100 * self.done // self.total if self.total else 0
