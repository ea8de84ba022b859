"""Registers the screens of all authorities under one entry of the menu: those of terms stand among the others."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from library.vocabularies.admin import (
    AdminChangeViewSet,
    AdminUnitViewSet,
    EthnicGroupViewSet,
    GroupNameViewSet,
    SourceViewSet,
    VocabularyViewSet,
)

from .log_lines import MergeLine
from .views.merge import MergeTermView, TermMergeView
from .viewset import TermViewSet


class AuthorityGroup(SnippetViewSetGroup):
    """All authorities under one entry of the menu."""

    menu_label = _("Dữ liệu chuẩn")
    menu_icon = "table"
    menu_order = 300
    items = (
        EthnicGroupViewSet,
        GroupNameViewSet,
        AdminUnitViewSet,
        AdminChangeViewSet,
        VocabularyViewSet,
        TermViewSet,
        SourceViewSet,
    )


register_snippet(AuthorityGroup)


@hooks.register("register_admin_urls")
def register_term_urls() -> list[Any]:
    """Merging a term, and how far it is."""
    return [
        path("terms/<int:pk>/merge/", MergeTermView.as_view(), name="merge_term"),
        path("terms/merges/<int:pk>/", TermMergeView.as_view(), name="term_merge"),
    ]


@hooks.register("register_log_actions")
def register_term_actions(actions: Any) -> None:
    """The messages of the audit log for what is done with terms."""
    actions.register_action("vocabularies.merge_term")(MergeLine)
