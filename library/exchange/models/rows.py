"""The rows of an import, what they became, and the columns that an office has matched before."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.accounts.models import Office
from library.records.models import Record
from library.records.models.keywords import KeywordTag
from media_pipeline.models import Asset

from .imports import Import


class Outcome(models.TextChoices):
    """What a row becomes, or became: every row that was read has exactly one of these at the end."""

    CREATE = "create", _("thêm mới")
    UPDATE = "update", _("cập nhật")
    SKIP = "skip", _("bỏ qua")
    REFUSE = "refuse", _("chưa nhập được")


class ImportRow(models.Model):
    """One row of the file. ``cells`` are texts, or what stands for a cell that cannot be taken (``sheets/table.py``)."""

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as a spreadsheet shows it
    cells = models.JSONField()
    code = models.CharField(max_length=80, blank=True)  # by which its record is known; empty for a row that is left out
    version = models.CharField(max_length=60, blank=True)  # of the record that is there, as the check saw it
    menders = models.JSONField(default=list)  # keys of the people who wrote into its cells here
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    notes = models.JSONField(default=list)
    noted = models.CharField(max_length=10, blank=True)  # the most serious level of its notes
    finished = models.BooleanField(default=False)  # its record is written

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="one_row_per_number")]
        indexes = [models.Index(fields=["owner", "outcome", "finished", "number"]), models.Index(fields=["owner", "code"])]

    def __str__(self) -> str:
        return f"{self.owner_id}:{self.number}"


class ImportedRecord(models.Model):
    """What a row became. Written in the transaction that wrote the record, so a killed worker repeats nothing and loses nothing."""

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.BooleanField()  # else it was updated
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # the content of an updated record before
    revision = models.PositiveBigIntegerField(null=True)  # the version that the import wrote
    saved_at = models.DateTimeField(null=True)  # when the import saved it: a later time means that a person worked on it
    undone = models.CharField(max_length=10, blank=True)  # "undone", or "changed" and "used" for what was kept

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="one_result_per_number")]

    def __str__(self) -> str:
        return f"{self.owner_id}:{self.number}"


class ImportedFile(models.Model):
    """A file of an import that was taken into the library, by its name beside the table."""

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=500)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, null=True, related_name="+")
    problem = models.TextField(blank=True)  # why it was not taken

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_file_per_name")]

    def __str__(self) -> str:
        return self.name


class ImportedKeyword(models.Model):
    """A keyword that was new in the library when an import brought it."""

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="keywords")
    keyword = models.ForeignKey(KeywordTag, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.keyword)


class RememberedColumn(models.Model):
    """Where an office put a column of its own tables the last time."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=40)
    header = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "record_type", "header"], name="one_memory_per_header")]

    def __str__(self) -> str:
        return self.header
