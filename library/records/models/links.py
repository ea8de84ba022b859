"""Rows that link a record to a person, to another record or to a source."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from library.vocabularies.models import Source

from ..relation_kinds import RELATION_KINDS


class RecordPerson(Orderable):
    """A person's part in what the record describes: a link to a person record, or only a name."""

    class Role(models.TextChoices):
        MAKER = "maker", _("người làm")
        SINGER = "singer", _("người hát")
        SPEAKER = "speaker", _("người nói")
        TELLER = "teller", _("người kể")
        OFFICIANT = "officiant", _("người chủ lễ")
        COLLECTOR = "collector", _("người sưu tầm")
        TRANSLATOR = "translator", _("người dịch")

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        "records.Record", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("hồ sơ người")
    )
    name = models.CharField(_("tên, khi chưa có hồ sơ"), max_length=200, blank=True)
    role = models.CharField(_("vai trò"), max_length=12, choices=Role.choices)

    class Meta(Orderable.Meta):
        verbose_name = _("người liên quan")
        verbose_name_plural = _("người liên quan")

    def __str__(self) -> str:
        return self.name or str(self.person)

    def clean(self) -> None:
        if not self.name and not self.person_id:
            raise ValidationError({"name": _("Cần tên hoặc hồ sơ của người này.")})


class RecordRelation(Orderable):
    """A relation to another record. It is stored once; the other record shows its inverse."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("liên hệ"), max_length=20, choices=[(kind.code, kind.label) for kind in RELATION_KINDS])
    target = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="incoming_relations", verbose_name=_("tư liệu"))

    class Meta(Orderable.Meta):
        verbose_name = _("liên hệ")
        verbose_name_plural = _("liên hệ")
        constraints = [models.UniqueConstraint(fields=["record", "kind", "target"], name="one_relation_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"


class RecordSource(Orderable):
    """A source of the record: a row of Source, or a citation in words, with the page and the day of reading."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="citations", verbose_name=_("nguồn"))
    citation = models.CharField(_("nguồn khác"), max_length=500, blank=True)
    page = models.CharField(_("trang"), max_length=60, blank=True)
    accessed = models.DateField(_("ngày đọc"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("nguồn")
        verbose_name_plural = _("nguồn")

    def __str__(self) -> str:
        return self.citation or str(self.source)

    def clean(self) -> None:
        if not self.source_id and not self.citation:
            raise ValidationError({"citation": _("Hãy chọn một nguồn hoặc ghi nguồn.")})
