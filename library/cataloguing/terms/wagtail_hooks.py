"""Registers the screens of all authorities under one entry of the menu: those of terms stand among the others."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from library.records.terms.uses import unwritten
from library.vocabularies.admin import (
    AdminChangeViewSet,
    AdminUnitViewSet,
    EthnicGroupViewSet,
    GroupNameViewSet,
    SourceViewSet,
    VocabularyViewSet,
)
from library.vocabularies.models import OPEN_VOCABULARIES, Term

from .actions.merge import in_use
from .log_lines import MergeLine
from .views.merge import LIST, MergeTermView, TermMergeView
from .views.suggestions import DecideTermView, suggest
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
    """Merging a term, and how far it is; suggesting one, and deciding on it."""
    return [
        path("terms/<int:pk>/merge/", MergeTermView.as_view(), name="merge_term"),
        path("terms/<int:pk>/decide/", DecideTermView.as_view(), name="decide_term"),
        path("terms/suggest/", suggest, name="suggest_term"),
        path("terms/merges/<int:pk>/", TermMergeView.as_view(), name="term_merge"),
    ]


@hooks.register("before_delete_snippet")
def keep_terms_in_use(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """Deletes no term that something uses, alone or among others: a code inside a field is no reference that the database knows."""
    terms = [each for each in instances if isinstance(each, Term)]
    used = in_use(terms)
    if used:
        names = ", ".join(f"“{term.label}”" for term in used)
        messages.error(request, gettext("%(terms)s đang được dùng nên không xóa được. Hãy gộp vào thuật ngữ khác.") % {"terms": names})
    elif terms and unwritten().exists():
        messages.error(request, gettext("Máy còn đang ghi lại tư liệu nào dùng thuật ngữ nào. Xin xóa sau."))
    else:
        return None
    return redirect(LIST)


@hooks.register("register_log_actions")
def register_term_actions(actions: Any) -> None:
    """The messages of the audit log for what is done with terms."""
    actions.register_action("vocabularies.merge_term")(MergeLine)
    actions.register_action("vocabularies.approve_term", _("Duyệt thuật ngữ"), _("Đã nhận vào bộ từ vựng"))
    actions.register_action("vocabularies.refuse_term", _("Không nhận thuật ngữ"), _("Không nhận vào bộ từ vựng"))


@hooks.register("insert_editor_js")
def narrow_lists_of_terms() -> str:
    """The script that narrows long lists of terms by typing, and sends suggestions; with its words in the reader's language."""
    words = {
        "typing": gettext("Gõ vài chữ để tìm thuật ngữ"),
        "none": gettext("Không có thuật ngữ nào như vậy."),
        "suggest": gettext("Đề xuất “%”"),
        "sent": gettext("Đã đề xuất. Dùng được ngay trong bản nháp; được duyệt rồi mới đăng được."),
        "failed": gettext("Chưa gửi được đề xuất. Xin thử lại."),
        "url": reverse("suggest_term"),
        "open": " ".join(OPEN_VOCABULARIES),
    }
    attributes = format_html_join("", ' data-{}="{}"', words.items())
    return format_html(
        '<template data-term-words{}></template><script type="module" src="{}"></script>', attributes, static("admin/term-lists.js")
    )
