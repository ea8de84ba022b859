"""What waits for an index, and what an index has: rows of the outbox, versions of documents."""

from django.db import models
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


class RecordVector(models.Model):
    """What the title and body of a record mean, as a vector, for search by meaning. It is shown to nobody.

    ``digest`` is that of the text and the model: the vector of a text that has changed is used no more.
    """

    record_id = models.PositiveBigIntegerField(primary_key=True)
    digest = models.CharField(max_length=32)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("nghĩa của tư liệu")
        verbose_name_plural = _("nghĩa của tư liệu")

    def __str__(self) -> str:
        return str(self.record_id)
