"""A light table: the photographs that somebody brought, their groups, and what all records made of them have in common.

Everything is a row as soon as it is known, so a closed browser, a crash and a night lose nothing.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library.accounts.models import Office
from library.records.models import Record
from library.vocabularies.models import AdminUnit, EthnicGroup, Term, in_vocabulary
from media_pipeline.models import Asset, Upload

TITLE, CAPTION = 400, 500  # characters, as in records


class LightTable(models.Model):
    """One lot of photographs on its way to records. Its fields are common to all records made of it."""

    wagtail_reference_index_ignore = True

    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("cơ quan"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    record_type = models.CharField(_("loại tư liệu"), max_length=40, default="heritage-element")
    groups = models.ManyToManyField(EthnicGroup, blank=True, related_name="+", verbose_name=_("dân tộc"))
    places = models.ManyToManyField(AdminUnit, blank=True, related_name="+", verbose_name=_("địa điểm"))
    rights = models.ForeignKey(
        Term,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        limit_choices_to=in_vocabulary("rights_statements"),
        verbose_name=_("tình trạng quyền"),
    )
    credit = models.CharField(_("người chụp"), max_length=300, blank=True)
    source = models.CharField(_("nguồn"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bàn ảnh")
        verbose_name_plural = _("bàn ảnh")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PhotographGroup(models.Model):
    """Photographs that become one record. What is empty here is taken from the table."""

    wagtail_reference_index_ignore = True

    table = models.ForeignKey(LightTable, on_delete=models.CASCADE, related_name="lots")
    number = models.PositiveIntegerField()  # its place on the table
    title = models.CharField(_("tên"), max_length=TITLE, blank=True)
    code = models.CharField(max_length=60, blank=True)  # the office's own code, read in the names of the files
    record_type = models.CharField(_("loại tư liệu"), max_length=40, blank=True)
    groups = models.ManyToManyField(EthnicGroup, blank=True, related_name="+", verbose_name=_("dân tộc"))
    places = models.ManyToManyField(AdminUnit, blank=True, related_name="+", verbose_name=_("địa điểm"))
    day = models.CharField(_("ngày chụp"), max_length=40, blank=True)  # EDTF
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    record_saved_at = models.DateTimeField(null=True)  # when the record was made: a later one says that somebody worked on it
    # The version of a record that was there before which brought it these photographs; null where the record is made of them.
    added_version = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.title or f"{self.table_id}:{self.number}"


class Photograph(models.Model):
    """One file of the table, from the moment it is chosen. It has an asset once it was taken in."""

    wagtail_reference_index_ignore = True

    table = models.ForeignKey(LightTable, on_delete=models.CASCADE, related_name="photographs")
    lot = models.ForeignKey(PhotographGroup, on_delete=models.SET_NULL, null=True, related_name="photographs")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    name = models.TextField()
    folder = models.TextField(blank=True)  # below the folder that was dragged in
    size = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=64, blank=True)  # of the file on the sender's machine
    upload = models.OneToOneField(Upload, on_delete=models.SET_NULL, null=True, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, null=True, related_name="+")
    problem = models.CharField(max_length=40, blank=True)  # a code of media_pipeline.errors: why it was not taken in
    order = models.PositiveIntegerField(default=0)
    caption = models.CharField(_("lời tả ảnh"), max_length=CAPTION, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)  # degrees clockwise
    set_aside = models.BooleanField(default=False)
    compared = models.BooleanField(default=False)  # with the pictures of the library
    near = models.JSONField(default=list)  # keys of assets that look alike, the nearest first; who sees them is asked each time

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "fingerprint"], condition=~Q(fingerprint=""), name="one_photograph_per_file")
        ]

    def __str__(self) -> str:
        return self.name
