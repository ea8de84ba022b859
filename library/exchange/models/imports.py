"""One import: the file that came, what was chosen, and how far the worker is. Its rows are beside it (``rows.py``)."""

from collections import Counter

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from background.leases import LeasedJob
from library.accounts.models import Office
from library.records.profiles import profile


class State(models.TextChoices):
    """Where an import stands. The worker moves READING, CHECKING, RUNNING and UNDOING on; a person all others."""

    READING = "reading", _("Đang đọc")
    MAPPING = "mapping", _("Chờ khớp cột")
    CHECKING = "checking", _("Đang kiểm tra")
    CHECKED = "checked", _("Đã kiểm tra, chờ nhập")
    RUNNING = "running", _("Đang nhập")
    DONE = "done", _("Xong")
    UNDOING = "undoing", _("Đang hoàn tác")
    UNDONE = "undone", _("Đã hoàn tác")
    REFUSED = "refused", _("Không nhận tệp")


class Existing(models.TextChoices):
    """What becomes of a row whose record is there already."""

    FILL = "fill", _("Cập nhật ô trống, không đè chữ đã có")
    REPLACE = "replace", _("Thay bằng chữ trong tệp")
    SKIP = "skip", _("Bỏ qua")


class Import(LeasedJob):
    """One file of an office, from its arrival to its end. ``done`` counts the rows of the step that is at work."""

    AT_WORK = (State.READING, State.CHECKING, State.RUNNING, State.UNDOING)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="imports", verbose_name=_("cơ quan"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="imports")  # who lets it in
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")  # the file
    language = models.CharField(max_length=10, default="vi")  # of the person: the report is written in it
    bag = models.BooleanField(default=False)  # a bag of records (BagIt), not a table
    record_type = models.CharField(_("loại tư liệu"), max_length=40, blank=True)  # empty for a bag: it has records of several types
    file_name = models.CharField(_("tệp"), max_length=200)
    key = models.CharField(max_length=200, blank=True)  # of the file in the storage; empty for a folder of this machine, and at the end
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)  # why the file is refused, or why the work stands
    header = models.JSONField(default=list)  # names of the columns in the file
    mapping = models.JSONField(default=list)  # key of our column for each of them; empty: not chosen
    lunar = models.JSONField(default=list)  # keys of our columns whose dates are lunar
    existing = models.CharField(max_length=10, choices=Existing.choices, default=Existing.FILL)
    file_names = models.JSONField(default=list)  # of the files beside the table
    used_at = models.DateTimeField(default=timezone.now)  # when a person or the worker last did something with it

    class Meta(LeasedJob.Meta):
        verbose_name = _("lần nhập")
        verbose_name_plural = _("các lần nhập")

    def __str__(self) -> str:
        return self.file_name

    @property
    def type_label(self) -> str:
        """The name of the type of its records in the reader's language."""
        return str(profile(self.record_type).label) if self.record_type else gettext("Gói lưu trữ")

    def counts(self) -> Counter[str]:
        """Outcome → number of rows."""
        return Counter(dict(self.rows.values_list("outcome").annotate(number=models.Count("pk"))))
