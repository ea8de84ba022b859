"""The screens of terms in the admin."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.snippets.views.snippets import EditView

from library.vocabularies.admin import AuthorityViewSet
from library.vocabularies.models import Term

from .forms import EDIT_HANDLER
from .listing import COLUMNS, TermFilterSet, TermIndexView, merge_button


class TermEditView(EditView):
    """The form. The address of a merged term leads to the term that took its place."""

    object: Term

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        target = self.object.merged_into
        if target is not None:
            messages.info(request, _("“%(old)s” đã gộp vào thuật ngữ này.") % {"old": self.object.label})
            return redirect(self.edit_url_name, target.pk)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *merge_button(self.object, self.request.user)]


class TermViewSet(AuthorityViewSet):
    """List and form of terms."""

    model = Term
    icon = "snippet"
    menu_label = gettext_lazy("Thuật ngữ")
    list_display = COLUMNS
    search_fields = ["label_vi"]
    filterset_class = TermFilterSet
    index_view_class = TermIndexView
    edit_view_class = TermEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = EDIT_HANDLER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Term.objects.select_related("vocabulary", "broader", "merged_into").prefetch_related("labels")
