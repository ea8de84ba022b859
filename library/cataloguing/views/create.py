"""Creating a record in the admin: choose a type, get a permanent name, fill in the form of that type."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import CreateView, PreviewOnCreateView

from library.records.access.review_levels import may_publish_alone
from library.records.models import Record
from library.records.models.identifiers import mint
from library.records.profiles import all_profiles, profile

from ..forms.errors import errors_in_words
from ..review.words import refused_words, sent_words
from .completeness import completeness
from .new_record import NewRecordMixin
from .two_texts import COMPARE


class CreateRecordView(NewRecordMixin, CreateView):
    """Asks for the type, gives the permanent name, then shows the form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record_type:
            return render(request, "cataloguing/choose_type.html", {"profiles": all_profiles(), "view": self})
        if not self.permanent_name:
            return redirect(f"{self.get_add_url()}&ma={mint()}")
        return super().get(request, *args, **kwargs)

    def get_header_title(self) -> str:
        return self.get_page_subtitle()

    def get_page_subtitle(self) -> str:
        return _("%(type)s mới") % {"type": profile(self.record_type).label} if self.record_type else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.get_page_subtitle()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.record_of_form()}

    def is_valid(self, form: Any) -> bool:
        """A form that the browser kept and the person wants back is drawn, and not stored."""
        valid: bool = super().is_valid(form)
        if not valid:
            self.produced_error_message = refused_words(self.action, errors_in_words(form) or self.get_error_message())
        if COMPARE in self.request.POST:
            self.produced_error_message = _("Chữ chưa lưu đã ở lại trong các ô dưới đây. Mời bạn xem rồi lưu.")
            return False
        return valid

    def get_available_actions(self) -> list[str]:
        """Nobody publishes at once what needs a review."""
        actions: list[str] = super().get_available_actions()
        known = Record.objects.filter(identifier=self.permanent_name or None).values_list("record_type", flat=True).first()
        code = known or self.record_type
        alone = bool(code) and may_publish_alone(self.request.user, code)
        return [action for action in actions if alone or action != "publish"]

    def get_success_message(self, instance: Any) -> str:
        message: str = super().get_success_message(instance)
        return (sent_words(instance) if self.action == "submit" else "") or message

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        address = reverse("wagtailsnippets_records_record:completeness_on_add") + self.query
        return context | {"completeness": completeness(context["form"].instance, address)}

    def get_add_url(self) -> str:
        return super().get_add_url() + self.query

    def get_preview_url(self) -> str:
        return super().get_preview_url() + self.query


class PreviewNewRecordView(NewRecordMixin, PreviewOnCreateView):
    """The public page of a record that is not saved yet."""

    def get_object(self) -> Record:
        return self.record_of_form()
