"""Editing a record: whoever saves over a version that they have not seen is told first, and sees both texts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import EditView, UnpublishView

from library.records.models import Record

from ..forms.errors import errors_in_words
from ..review.words import refused_words, sent_words
from .completeness import completeness
from .returned import tell_returned
from .sent_twice import is_published
from .two_texts import COMPARE, StoredParts, differences
from .withdrawal import tell_withdrawn

ON_THE_SHEET = {"workflow-action", "restart-workflow"}  # what Wagtail's form offers and the reading sheet of a review does here


class EditRecordView(EditView):
    """The edit form. Wagtail asks in its script alone whether to overwrite; a page without script would lose the other's words."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Requests that store one record run one after the other, so that a form that was sent twice is seen to be the same."""
        if request.method == "POST":
            Record.objects.select_for_update().filter(pk=kwargs["pk"]).first()  # locked until the request's transaction ends
        super().setup(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form of a withdrawn record says that it is withdrawn, and what can be done; that of a returned one says why."""
        if self.object.withdrawn_at is not None:
            tell_withdrawn(request, self.object)
        else:
            tell_returned(request, self.object)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_form(self, form_class: Any = None) -> Any:
        """The form, without what the person leaves as the other person stored it."""
        form = super().get_form(form_class)
        self.stored_parts = StoredParts(form, self.request.POST)
        return form

    def is_valid(self, form: Any) -> bool:
        """Also asks that the person has seen the newest version. The form that comes back holds the person's own words and names the
        newest version, so saving once more stores what was chosen. A form that only wants to be compared is never stored."""
        valid: bool = super().is_valid(form)
        if self.expects_json_response:
            return valid or self._refused(form)
        overtaken = not self.locked_for_user and self._saved_by_another()
        if valid and not overtaken and not self.compares:
            return True
        self.stored_parts.give_back(form)
        if form.errors:
            self.produced_error_message = refused_words(self.action, errors_in_words(form) or self.get_error_message())
        if overtaken or self.compares or self.stored_parts:
            self._show_both_texts(form, overtaken)
        return False

    def form_valid(self, form: Any) -> HttpResponse:
        """What is published already is not published again: the history has one line for one publication."""
        if self.action == "publish" and is_published(form):
            self.form = form
            told: HttpResponse = self.save_action()
            return told
        response: HttpResponse = super().form_valid(form)
        return response

    def get_available_actions(self) -> list[str]:
        """Wagtail asks for the right to publish some record; here it is the right to publish this one."""
        left_out = ON_THE_SHEET if self.user_has_permission("publish") else ON_THE_SHEET | {"publish"}
        return [action for action in super().get_available_actions() if action not in left_out]

    @property
    def compares(self) -> bool:
        """Whether the request only asks to see the form's text beside the stored one."""
        return COMPARE in self.request.POST

    def _refused(self, form: Any) -> bool:
        """Says in words why a form that saves itself was not stored."""
        code = getattr(self, "produced_error_code", "")
        if code == "invalid_revision":
            self.produced_error_message = _("%(who)s vừa lưu bản khác, chữ của bạn vẫn còn ở đây.") % {"who": self._author()}
        elif code == "validation_error":
            self.produced_error_message = errors_in_words(form) or self.get_error_message()
        return False

    def _show_both_texts(self, form: Any, overtaken: bool) -> None:
        self.autosave_enabled = False  # the page that comes back must not overwrite anything by itself
        self.produced_error_code = "invalid_revision"
        overtaken_by = _("%(who)s đã lưu bản mới trong lúc bạn sửa, nên bài của bạn chưa được lưu.") % {"who": self._author()}
        self.produced_error_message = overtaken_by if overtaken else errors_in_words(form) or _("Bản này chưa được lưu.")
        newest = self._form_of(Record.objects.get(pk=self.object.pk).get_latest_revision_as_object())
        self.both_texts = differences(form, newest, self._opened_form(), self.request.POST)
        self.other_author = self._author() if overtaken else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        texts = {"both_texts": getattr(self, "both_texts", None), "other_author": getattr(self, "other_author", "")}
        address = reverse("wagtailsnippets_records_record:completeness_on_edit", args=[self.object.pk])
        return context | texts | {"completeness": completeness(context["form"].instance, address)}

    def get_success_message(self, instance: Record | None = None) -> str:
        if self._published_now():
            return _("“%(title)s” đã được đăng.") % {"title": self.object.title}
        message: str = super().get_success_message(instance)
        return (sent_words(self.object) if self.action == "submit" else "") or message

    def get_success_buttons(self) -> list[Any]:
        buttons: list[Any] = super().get_success_buttons()
        if self._published_now():
            buttons.append(messages.button(self.object.get_absolute_url(), _("Xem trang công khai"), new_window=True))
        return buttons

    def _published_now(self) -> bool:
        """Whether this request has published what it saved."""
        if self.action != "publish":
            return False
        return Record.objects.filter(pk=self.object.pk, live=True, has_unpublished_changes=False).exists()

    def _saved_by_another(self) -> bool:
        """Whether another person has saved since this form was opened. One's own autosaves are no news, and have the form's own words."""
        if not self.is_out_of_date:
            return False
        loaded = self.request.POST.get("loaded_revision_id", "")
        if loaded == str(self.latest_revision.pk):  # the same version, overwritten since
            return bool(self.latest_revision.user_id != self.request.user.pk)
        later = self.object.revisions.filter(pk__gt=loaded) if loaded.isdecimal() else self.object.revisions.all()
        return bool(later.exclude(user=self.request.user).exists())

    def _author(self) -> str:
        """Who saved the newest version."""
        author = self.latest_revision.user if self.latest_revision else None
        return str(author.get_full_name() or author.get_username()) if author else _("Người khác")

    def _opened_form(self) -> Any | None:
        """A form of the version that the person began with; None when it has been overwritten since."""
        loaded, at = (self.request.POST.get(f"loaded_revision_{name}", "") for name in ("id", "created_at"))
        revision = self.object.revisions.filter(pk=loaded).first() if loaded.isdecimal() else None
        if revision is None or revision.created_at.isoformat() != at:
            return None
        return self._form_of(revision.as_object())

    def _form_of(self, record: Record) -> Any:
        """A form of one version, not sent."""
        return self.get_form_class()(instance=record, for_user=self.request.user)


class UnpublishRecordView(UnpublishView):
    """Wagtail's address for taking a record from the public. It leads to the withdrawal: one way, with a reason and a tombstone page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("withdraw_record", self.object.pk)
