"""The root of all editorial pages, and pages of plain text in two languages."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from ..blocks.texts import TEXT_BLOCKS
from .editorial_pages import EditorialPage
from .office_pages import PublicPreview


class SiteRoot(EditorialPage):
    """The parent of all editorial pages. It is never shown: the home page is a view of the catalogue."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curation.TextPage", "curation.StoryIndex", "curation.PortalIndex", "curation.FrontPage"]

    class Meta:
        verbose_name = _("gốc của trang biên tập")
        verbose_name_plural = _("gốc của trang biên tập")


class TextPage(PublicPreview, EditorialPage):
    """A page of text. ``title`` is the Vietnamese title. Where the English text is empty, readers get the Vietnamese one."""

    title_en = models.CharField(_("tiêu đề tiếng Anh"), max_length=255, blank=True)
    lede_vi = models.TextField(_("lời mở đầu"), blank=True)
    lede_en = models.TextField(_("lời mở đầu tiếng Anh"), blank=True)
    body_vi = StreamField(TEXT_BLOCKS, verbose_name=_("nội dung"), blank=True)
    body_en = StreamField(TEXT_BLOCKS, verbose_name=_("nội dung tiếng Anh"), blank=True)

    template = "curation/text_page.html"
    parent_page_types = ["curation.SiteRoot"]
    subpage_types: list[str] = []
    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel([FieldPanel("lede_vi"), FieldPanel("body_vi")], heading=_("Tiếng Việt")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("lede_en"), FieldPanel("body_en")], heading=_("Tiếng Anh")),
    ]

    class Meta:
        verbose_name = _("trang viết")
        verbose_name_plural = _("trang viết")

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, else the Vietnamese one."""
        return self.title_en if self.shown_language == "en" and self.title_en else self.title

    @property
    def shown_language(self) -> str:
        """The language in which the body is shown: English only for an English reader and where it was written."""
        return "en" if get_language() == "en" and self.body_en else "vi"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        english = self.shown_language == "en"
        return super().get_context(request, *args, **kwargs) | {
            "lede": self.lede_en if english else self.lede_vi,
            "body": self.body_en if english else self.body_vi,
            "foreign": "" if self.shown_language == get_language() else self.shown_language,
        }
