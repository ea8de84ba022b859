"""Stories and their list. The title is the Vietnamese one; a story may exist in one language only."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from library.presentation.share_cards import CardLink, card_link, story_card
from library.presentation.wording import Wording
from library.records.access.files import viewer_of

from ..blocks.stories import StoryBlock
from ..presentation.languages import in_a_language, languages_of
from ..presentation.stories import StoryLine, shown_story, story_lines
from .editorial_pages import EditorialPage
from .office_pages import OfficePage, OfficeTree, PublicPreview


class StoryIndex(PublicPreview, OfficeTree):
    """The list of all stories, the newest first."""

    title_en = models.CharField(_("tiêu đề tiếng Anh"), max_length=255, blank=True)
    lede_vi = models.TextField(_("lời mở đầu"), blank=True)
    lede_en = models.TextField(_("lời mở đầu tiếng Anh"), blank=True)

    max_count = 1
    template = "curation/story_index.html"
    parent_page_types = ["curation.SiteRoot"]
    subpage_types = ["curation.StoryPage"]
    content_panels = [*EditorialPage.content_panels, FieldPanel("title_en"), FieldPanel("lede_vi"), FieldPanel("lede_en")]

    class Meta:
        verbose_name = _("danh sách chuyện")
        verbose_name_plural = _("danh sách chuyện")

    @property
    def shown_title(self) -> Wording:
        """The title in the reader's language, else the Vietnamese one."""
        return in_a_language(self.title, self.title_en)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        stories = StoryPage.objects.child_of(self).live().public().order_by("-first_published_at", "-pk")
        lede = in_a_language(self.lede_vi, self.lede_en)
        return super().get_context(request, *args, **kwargs) | {"lede": lede, "story_lines": story_lines(stories, viewer_of(request.user))}


class StoryPage(PublicPreview, OfficePage):
    """A story made of blocks."""

    title_en = models.CharField(_("tiêu đề tiếng Anh"), max_length=255, blank=True)
    lede_vi = models.TextField(_("lời mở đầu"), blank=True)
    lede_en = models.TextField(_("lời mở đầu tiếng Anh"), blank=True)
    cover = models.ForeignKey(
        "records.Record",
        models.SET_NULL,
        verbose_name=_("tư liệu cho ảnh bìa"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Ảnh đầu tiên của tư liệu này đứng cạnh tên chuyện trong danh sách."),
    )
    sources_vi = models.TextField(_("nguồn"), blank=True, help_text=_("Chuyện dựa vào đâu, mỗi dòng một nguồn."))
    sources_en = models.TextField(_("nguồn, tiếng Anh"), blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    template = "curation/story_page.html"
    parent_page_types = ["curation.StoryIndex"]
    subpage_types: list[str] = []
    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("title_en"),
        MultiFieldPanel([FieldPanel("lede_vi"), FieldPanel("lede_en")], heading=_("Lời mở đầu")),
        FieldPanel("cover"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("sources_vi"), FieldPanel("sources_en")], heading=_("Nguồn")),
    ]

    class Meta:
        verbose_name = _("chuyện")
        verbose_name_plural = _("chuyện")

    @property
    def shown_title(self) -> Wording:
        """The title in the reader's language, else the Vietnamese one."""
        return in_a_language(self.title, self.title_en)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "lede": in_a_language(self.lede_vi, self.lede_en),
            "sources": in_a_language(self.sources_vi, self.sources_en),
            "card": self._card_link(),
            "story": shown_story(self.body, viewer_of(request.user)),
            "missing_language": languages_of(self.body).missing,
        }

    def _card_link(self) -> CardLink | None:
        """Where the share card is; None for a story that not everybody may read."""
        public = StoryPage.objects.live().public().filter(pk=self.pk).exists()
        return card_link("story-card", self.slug, story_card(self.shown_title.plain, self.slug)) if public else None

    def line(self, viewer: Any) -> StoryLine:
        """The story as a line of a list."""
        return story_lines([self], viewer)[0]
