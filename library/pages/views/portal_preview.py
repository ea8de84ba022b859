"""The preview of a text for a portal: the portal of the people or province with this text on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library.curation.presentation.stories import shown_story

from . import groups
from .places import provinces
from .public_view import request_viewer


def preview_portal(text: Any, request: HttpRequest, preview: dict[str, Any]) -> HttpResponse:
    """The answer to a preview (setting PORTAL_PREVIEW). A text for no portal yet is shown by itself."""
    viewer = request_viewer(request)
    template, context = "curation/no_portal.html", dict[str, Any]()
    if text.group_id is not None:
        group = groups.groups_with_authorities().get(pk=text.group_id)
        template, context = "groups/detail.html", groups.portal_context(group, viewer)
    elif text.province_id is not None:
        template, context = "places/province.html", provinces.portal_context(text.province, viewer)
    story = shown_story(text.body, viewer)
    return render(request, template, context | {"editorial_text": story, "preview": preview | {"hidden": story.hidden}})
