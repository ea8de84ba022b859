"""Editorial texts that stand on the portal of a people or of a province."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from library.vocabularies.models import AdminUnit, EthnicGroup

from ..blocks.stories import StoryBlock
from .editorial_pages import EditorialPage
from .office_pages import OfficePage, OfficeTree, ShownElsewhere


class PortalIndex(OfficeTree):
    """The parent of the texts of portals. It is never shown."""

    max_count = 1
    parent_page_types = ["curation.SiteRoot"]
    subpage_types = ["curation.PortalText"]
    preview_modes: list[Any] = []

    class Meta:
        verbose_name = _("lời của trang dân tộc, trang tỉnh")
        verbose_name_plural = _("lời của trang dân tộc, trang tỉnh")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list of the peoples."""
        return HttpResponseRedirect(reverse("groups"))


class PortalText(ShownElsewhere, OfficePage):
    """A text for one people or one province. Its title is for staff only."""

    group = models.OneToOneField(EthnicGroup, models.PROTECT, verbose_name=_("dân tộc"), null=True, blank=True, related_name="+")
    province = models.OneToOneField(
        AdminUnit,
        models.PROTECT,
        verbose_name=_("tỉnh, thành phố"),
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"level": AdminUnit.Level.PROVINCE, "valid_to": None},
    )
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    preview_setting = "PORTAL_PREVIEW"
    parent_page_types = ["curation.PortalIndex"]
    subpage_types: list[str] = []
    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("group", widget=forms.Select), FieldPanel("province", widget=forms.Select)],
            heading=_("Đứng ở trang nào"),
            help_text=_("Chọn một dân tộc, hoặc một tỉnh, thành phố."),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lời của một trang dân tộc, trang tỉnh")
        verbose_name_plural = _("lời của trang dân tộc, trang tỉnh")

    def clean(self) -> None:
        """Refuses a text for both or for neither."""
        super().clean()
        if (self.group_id is None) == (self.province_id is None):
            raise ValidationError(_("Chọn một dân tộc hoặc một tỉnh, thành phố; không chọn cả hai."))

    @property
    def portal_url(self) -> str:
        """The address of the portal on which the text stands."""
        if self.group is not None:
            return reverse("group", args=[self.group.slug])
        return reverse("province", args=[self.province.slug]) if self.province is not None else reverse("groups")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The portal."""
        return HttpResponseRedirect(self.portal_url)
