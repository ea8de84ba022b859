"""First pages that staff compose and schedule. While none is published, the library's own first page stands there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ..blocks.front import FrontBlock
from ..forms import RecordsPageForm
from .editorial_pages import EditorialPage
from .office_pages import ShownElsewhere


class FrontPage(ShownElsewhere, EditorialPage):
    """What stands on the first page, in order. Its title is for staff only. Of several, the one that went live last stands there."""

    body = StreamField(FrontBlock(), verbose_name=_("nội dung"), blank=True)

    preview_setting = "FRONT_PAGE_PREVIEW"
    base_form_class = RecordsPageForm
    parent_page_types = ["curation.SiteRoot"]
    subpage_types: list[str] = []
    content_panels = [*EditorialPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("trang đầu")
        verbose_name_plural = _("trang đầu")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The first page."""
        return HttpResponseRedirect(reverse("home"))
