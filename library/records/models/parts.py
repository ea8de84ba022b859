"""Rows that belong to a record and live and die with it: texts, dates, people, relations, sources, labels, tags."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.models import Orderable

from library.accounts.models import Community
from library.calendars.edtf_dates import bounds
from library.vocabularies.models import Source, Term, of

from ..language_tags import validate_language_tag
from ..relation_kinds import RELATION_KINDS


class KeywordTag(TagBase):
    """A free keyword. Its own table, so that a keyword never mixes with those of editorial pages."""

    free_tagging = True

    class Meta:
        verbose_name = _("từ khóa")
        verbose_name_plural = _("từ khóa")


class RecordTag(ItemBase):
    """A record has a keyword."""

    tag = models.ForeignKey(KeywordTag, on_delete=models.CASCADE, related_name="tagged_records")
    content_object = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="tagged_items")


class RecordText(Orderable):
    """A text of the record in any language and script: another name, the title as in the source, a translation."""

    class Role(models.TextChoices):
        VERNACULAR_TITLE = "vernacular_title", _("Tên trong tiếng dân tộc")
        ORIGINAL_TITLE = "original_title", _("Tên nguyên văn trong nguồn")
        OTHER_TITLE = "other_title", _("Tên khác")
        SUMMARY = "summary", _("Tóm tắt bằng tiếng khác")
        NOTE = "note", _("Ghi chú")

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="texts")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    language = models.CharField(
        _("thẻ ngôn ngữ (BCP 47)"), max_length=40, validators=[validate_language_tag], help_text=_("Ví dụ: tyz, hmn-Latn, km-Khmr")
    )
    text = models.TextField(_("nội dung"))

    class Meta(Orderable.Meta):
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")

    def __str__(self) -> str:
        return self.text[:80]


class RecordDate(Orderable):
    """A date as EDTF (ISO 8601-2), with the wording of the source kept beside it."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="dates")
    edtf = models.CharField(_("thời gian (EDTF)"), max_length=60, blank=True, help_text=_("Ví dụ: 1975, 1975?, 19XX, 1930/1945"))
    calendar = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, related_name="+", limit_choices_to=of("calendars"), verbose_name=_("lịch")
    )
    wording = models.CharField(_("nguyên văn"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("thời gian")
        verbose_name_plural = _("thời gian")

    def __str__(self) -> str:
        return self.wording or self.edtf

    def clean(self) -> None:
        if self.edtf:
            try:
                bounds(self.edtf)
            except ValueError as error:
                raise ValidationError(
                    {"edtf": _("“%(date)s” chưa đúng cách ghi EDTF. Ví dụ: 1975, 1975?, 19XX, 1930/1945.") % {"date": self.edtf}}
                ) from error


class RecordPerson(Orderable):
    """A person's part in it: a link to a person record, or a name alone."""

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
    """A typed link to another record; its inverse is read from the other end, never stored twice."""

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
    """Where a statement was read: a known source, or a wording of its own, with page and day of reading."""

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


class RecordLabel(Orderable):
    """A Local Contexts label or notice. Only the community's own account sets a label; an institution may set a notice."""

    record = ParentalKey("records.Record", on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", limit_choices_to=of("local_contexts_labels"), verbose_name=_("nhãn")
    )
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("cộng đồng"))
    link = models.URLField(_("địa chỉ"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("nhãn TK/BC")
        verbose_name_plural = _("nhãn TK/BC")

    def __str__(self) -> str:
        return str(self.label)
