"""The record: the description of one thing, its community and office, and who may see it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from library import access
from library.accounts.models import Community, Office
from library.vocabularies.merges import merges
from library.vocabularies.models import AdminUnit, EthnicGroup, GroupName, LoadedRow, Term, in_vocabulary
from media_pipeline.text.names import NameKeyField

from ..access.levels import effective_level
from ..actions.publish import PublishRecord, UnpublishRecord
from ..profiles import profile
from ..queryset import RecordQuerySet
from ..signals import announce
from ..terms.versions import following_merges
from .choices import LEVEL_CHOICES, AccessLevel, Confidence, ReviewState, Vitality
from .fields import ProfileField
from .identifiers import ark


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, LoadedRow, index.Indexed, ClusterableModel):
    """The description of one thing. Columns and child rows hold the fields of all types; ``details`` holds those of the own profile."""

    identifier = models.CharField(_("mã"), max_length=20, unique=True, editable=False)
    source_key = models.CharField(_("mã trong nguồn"), max_length=80, unique=True, null=True, blank=True, editable=False)
    record_type = models.CharField(_("loại tư liệu"), max_length=40, editable=False)
    title_vi = models.CharField(_("tên"), max_length=400)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=400, blank=True)
    name_key = NameKeyField(sources=("title_vi", "title_en", "identifier", "source_key"))  # for the staff's lists
    summary_vi = models.TextField(_("tóm tắt"), blank=True)
    summary_en = models.TextField(_("tóm tắt tiếng Anh"), blank=True)
    summary_reviewed = models.BooleanField(_("tóm tắt đã thẩm định"), default=True)
    details = ProfileField(verbose_name=_("trường riêng của loại"))

    groups = ParentalManyToManyField(EthnicGroup, blank=True, related_name="records", verbose_name=_("dân tộc"))
    subgroups = ParentalManyToManyField(GroupName, blank=True, related_name="records", verbose_name=_("nhóm địa phương"))
    communities = ParentalManyToManyField(Community, blank=True, related_name="records", verbose_name=_("cộng đồng chủ thể"))
    places = ParentalManyToManyField(AdminUnit, blank=True, related_name="records", verbose_name=_("địa điểm"))
    former_units = ParentalManyToManyField(AdminUnit, blank=True, related_name="former_records", verbose_name=_("đơn vị hành chính cũ"))
    place_recorded = models.CharField(_("địa danh như đã ghi"), max_length=400, blank=True)
    languages = ParentalManyToManyField(Term, blank=True, related_name="records_in_language", verbose_name=_("ngôn ngữ"))
    scripts = ParentalManyToManyField(Term, blank=True, related_name="records_in_script", verbose_name=_("chữ viết"))
    unesco_domains = ParentalManyToManyField(
        Term,
        blank=True,
        related_name="records_in_domain",
        limit_choices_to=in_vocabulary("unesco_ich_domains"),
        verbose_name=_("lĩnh vực UNESCO"),
    )
    warnings = ParentalManyToManyField(
        Term,
        blank=True,
        related_name="records_with_warning",
        limit_choices_to=in_vocabulary("content_warnings"),
        verbose_name=_("cảnh báo nội dung"),
    )
    tags = ClusterTaggableManager(through="records.RecordTag", blank=True, verbose_name=_("từ khóa"))
    vitality = models.CharField(_("tình trạng thực hành"), max_length=12, choices=Vitality.choices, blank=True)
    collected_at = models.CharField(
        _("cấp thu thập"),
        max_length=10,
        blank=True,
        choices=[("hamlet", _("thôn, bản")), ("commune", _("xã")), ("province", _("tỉnh")), ("centre", _("trung ương"))],
    )

    rights = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="records_with_rights",
        limit_choices_to=in_vocabulary("rights_statements"),
        verbose_name=_("tình trạng quyền"),
    )
    rights_holder = models.CharField(_("chủ thể quyền"), max_length=300, blank=True)
    credit = models.CharField(_("ghi công"), max_length=400, blank=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM)
    review_state = models.CharField(
        _("trạng thái duyệt"), max_length=15, choices=ReviewState.choices, default=ReviewState.DRAFT, editable=False
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="records", verbose_name=_("cơ quan phụ trách"))

    own_access = models.CharField(_("mức truy cập"), max_length=10, choices=LEVEL_CHOICES, default=AccessLevel.PUBLIC)
    access_level = models.CharField(max_length=10, choices=AccessLevel.choices, default=AccessLevel.STAFF, editable=False)
    community_keys = models.CharField(max_length=400, default=" ", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="created_records"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="record", for_concrete_model=True)
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id", related_query_name="record"
    )

    objects = RecordQuerySet["Record"].as_manager()
    search_auto_update = False  # the public index is updated by our own outbox; Wagtail's search only filters lists for editors
    search_fields = [
        index.SearchField("title_vi"),
        index.AutocompleteField("title_vi"),
        index.SearchField("title_en"),
        index.SearchField("identifier"),
        index.FilterField("record_type"),
    ]

    class Meta:
        verbose_name = _("tư liệu")
        verbose_name_plural = _("tư liệu")
        ordering = ["-updated_at", "-pk"]
        permissions = [("see_withdrawn_record", _("Xem tư liệu đã gỡ xuống")), ("withdraw_record", _("Gỡ tư liệu xuống"))]
        indexes = [
            models.Index(fields=["record_type", "identifier"]),
            # The staff's lists read this in its order; what the access rule, the filters and the search ask for stands in it.
            models.Index(
                fields=[
                    *("updated_at", "id", "office", "access_level", "live", "created_by", "record_type", "review_state", "confidence"),
                    "name_key",
                ],
                name="staff_list",
            ),
            models.Index(fields=["review_state", "office", "access_level"], name="open_work"),
            # The lists of published records read an index in its order; the access level in it saves reading the records they skip.
            models.Index(fields=["first_published_at", "id", "access_level"], condition=models.Q(live=True), name="live_by_day"),
            models.Index(
                fields=["record_type", "first_published_at", "id", "access_level"], condition=models.Q(live=True), name="live_type_by_day"
            ),
            models.Index(fields=["title_vi", "id", "access_level"], condition=models.Q(live=True), name="live_by_title"),
            models.Index(
                fields=["record_type", "title_vi", "id", "access_level"], condition=models.Q(live=True), name="live_type_by_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Computes the two columns of the access rule, so that no code can save a record without them.

        Announces the change after the rows of the record are saved, so that whoever listens reads them; the search index follows code
        that saves without an action, too.
        """
        self.access_level = effective_level(self)
        self.community_keys = access.community_keys(self.community_ids)
        super().save(*args, **kwargs)
        announce([self.pk])

    def get_absolute_url(self) -> str:
        return reverse("record", args=[self.identifier])

    @property
    def title(self) -> str:
        """The title in the reader's language, else the Vietnamese one."""
        return (self.title_en if get_language() == "en" else "") or self.title_vi

    @property
    def summary(self) -> str:
        """The summary in the reader's language, else the Vietnamese one."""
        return (self.summary_en if get_language() == "en" else "") or self.summary_vi

    @property
    def type_label(self) -> str:
        """The name of its type in the reader's language."""
        return str(profile(self.record_type).label)

    @property
    def group_names(self) -> str:
        """Names of its groups in the reader's language, in one line."""
        return ", ".join(group.name for group in self.groups.all())

    @property
    def ark(self) -> str:
        """The ARK, or an empty text while the library has no number of its own."""
        return ark(self.identifier)

    @property
    def state_label(self) -> str:
        """The state of the office's work in words; ``needs_checking`` is said apart from it."""
        return str(ReviewState(self.review_state).step.label)

    @property
    def needs_checking(self) -> bool:
        """Whether it is public with the mark "needs checking"."""
        return self.review_state == ReviewState.NEEDS_CHECKING

    @property
    def published(self) -> bool:
        """Whether the record is public for those whose rights allow it; else it is a draft."""
        return self.live

    @property
    def community_ids(self) -> Iterable[int]:
        """Ids of the communities of origin, without a query when they were prefetched or are being edited."""
        return [community.pk for community in self.communities.all()]

    @property
    def office_path(self) -> str:
        return self.office.path

    def with_content_json(self, content: Any) -> "Record":
        """The record with the content of a revision. What only actions may change stays as it is: identity, withdrawal, state of review.

        What a merged term leads to stands in its place.
        """
        record = super().with_content_json(following_merges(type(self), self.record_type, content, merges()))
        for name in (
            "identifier",
            "source_key",
            "record_type",
            "review_state",
            "withdrawn_at",
            "withdrawn_reason",
            "created_by",
            "created_at",
        ):
            setattr(record, name, getattr(self, name))
        return record

    def publish(self, revision: Any, user: Any = None, skip_permission_checks: bool = False, **kwargs: Any) -> None:
        """Called by Wagtail (admin button, workflow, schedule); runs our action."""
        PublishRecord(revision, user=user, **kwargs).execute(skip_permission_checks=skip_permission_checks)

    def unpublish(self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True) -> None:
        """Called by Wagtail; runs our action."""
        UnpublishRecord(self, set_expired=set_expired, commit=commit, user=user, log_action=log_action).execute()

    #: The preview shows the page as the readers of one access level see it; its modes are the levels.
    preview_modes = LEVEL_CHOICES

    @property
    def default_preview_mode(self) -> str:
        """The most open level whose readers see the record."""
        level = effective_level(self)
        return level if level in AccessLevel.values[:4] else access.STAFF

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        return import_string(settings.RECORD_PREVIEW)(self, request, mode_name)
