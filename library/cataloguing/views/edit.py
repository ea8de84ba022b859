"""Editing a record: whoever saves over a version that they have not seen is told first, and sees both texts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.blocks import StreamValue
from wagtail.snippets.views.snippets import EditView, UnpublishView

from library.records.models import Record

from .returned import tell_returned
from .withdrawal import tell_withdrawn

PUBLISHES = {"publish", "workflow-action"}  # an approval publishes, too
LONGEST_SHOWN = 300  # characters of a text in the message


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

    def is_valid(self, form: Any) -> bool:
        """Also asks that the person has seen the newest version. The form that comes back holds the person's own words and names the
        newest version, so saving once more overwrites it knowingly."""
        valid: bool = super().is_valid(form)
        if not self.expects_json_response and not self.locked_for_user and self._saved_by_another():
            self.autosave_enabled = False  # the page that comes back must not overwrite anything by itself
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = self._overtaken(form)
            return False
        return valid

    def get_success_message(self, instance: Record | None = None) -> str:
        if self._published_now():
            return _("“%(title)s” đã được đăng.") % {"title": self.object.title}
        message: str = super().get_success_message(instance)
        return message

    def get_success_buttons(self) -> list[Any]:
        buttons: list[Any] = super().get_success_buttons()
        if self._published_now():
            buttons.append(messages.button(self.object.get_absolute_url(), _("Xem trang công khai"), new_window=True))
        return buttons

    def _published_now(self) -> bool:
        """Whether this request has published what it saved."""
        if self.action not in PUBLISHES:
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

    def _overtaken(self, form: Any) -> str:
        """Who saved meanwhile, and what differs: the stored text beside the person's own."""
        author = self.latest_revision.user
        who = (author.get_full_name() or author.get_username()) if author else _("Người khác")
        told = _("%(who)s đã lưu bản mới trong lúc bạn sửa, nên bài của bạn chưa được lưu. Chữ của bạn vẫn còn trong các ô dưới đây.")
        advice = _("Hãy so từng chỗ, giữ lại chữ cần giữ, rồi bấm lưu lần nữa.")
        texts = [(field.label, *self._texts(form, name)) for name, field in form.fields.items() if name in form.changed_data]
        rows = [(label, stored, own) for label, stored, own in texts if stored != own]
        pattern = "<li><b>{}</b><br>" + _("Bản đang lưu:") + " {}<br>" + _("Bản của bạn:") + " {}</li>"
        return format_html("{} {}<ul>{}</ul>", told % {"who": who}, advice, format_html_join("", pattern, rows))

    def _texts(self, form: Any, name: str) -> tuple[str, str]:
        """The stored text of a field and the person's own."""
        field = form.fields[name]
        own = form.cleaned_data.get(name, form[name].data)
        return _shown(field, form.get_initial_for_field(field, name)), _shown(field, own)


class UnpublishRecordView(UnpublishView):
    """Wagtail's address for taking a record from the public. It leads to the withdrawal: one way, with a reason and a tombstone page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("withdraw_record", self.object.pk)


def _shown(field: Any, value: Any) -> str:
    """A value as words, cut short: the label of a choice, the names of what is linked, the words inside blocks."""
    if isinstance(value, StreamValue):
        text = " · ".join(_words(value.get_prep_value()))
    elif hasattr(field, "queryset"):
        keys = [getattr(each, "pk", each) for each in (value if isinstance(value, Iterable) and not isinstance(value, str) else [value])]
        text = ", ".join(str(each) for each in field.queryset.filter(pk__in=[key for key in keys if key]))
    else:
        text = str(dict(getattr(field, "choices", ()) or ()).get(value, "" if value is None else value))
    text = text.replace("\r\n", "\n").strip()
    return text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else "") or _("(trống)")


def _words(stored: Any) -> Iterator[str]:
    """Every text inside stored blocks, in order, without the blocks' own names."""
    if isinstance(stored, str) and stored:
        yield stored
    elif isinstance(stored, dict):
        for name, value in stored.items():
            yield from _words(value) if name not in {"id", "type"} else ()
    elif isinstance(stored, Iterable) and not isinstance(stored, str):
        for value in stored:
            yield from _words(value)
