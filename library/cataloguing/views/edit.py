"""Editing a record: whoever saves over a version that they have not seen is told first, and sees both texts."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.snippets.views.snippets import EditView

LONGEST_SHOWN = 300  # characters of a text in the message


class EditRecordView(EditView):
    """The edit form. Wagtail asks in its script alone whether to overwrite; a page without script would lose the other's words."""

    def is_valid(self, form: Any) -> bool:
        """Also asks that the person has seen the newest version. The form that comes back holds the person's own words and names the
        newest version, so saving once more overwrites it knowingly."""
        valid: bool = super().is_valid(form)
        if not self.expects_json_response and not self.locked_for_user and self.is_out_of_date:
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = self._overtaken(form)
            return False
        return valid

    def _overtaken(self, form: Any) -> str:
        """Who saved meanwhile, and what differs: the stored text beside the person's own."""
        author = self.latest_revision.user
        who = (author.get_full_name() or author.get_username()) if author else _("Người khác")
        told = _("%(who)s đã lưu bản mới trong lúc bạn sửa, nên bài của bạn chưa được lưu. Chữ của bạn vẫn còn trong các ô dưới đây.")
        advice = _("Hãy so từng chỗ, giữ lại chữ cần giữ, rồi bấm lưu lần nữa.")
        names = [name for name in form.changed_data if name in form.fields]
        both = [(form.fields[name].label, self._stored(form, name), self._own(form, name)) for name in names]
        rows = [row for row in both if row[1] != row[2] or row[2] == _elsewhere()]
        pattern = "<li><b>{}</b><br>" + _("Bản đang lưu:") + " {}<br>" + _("Bản của bạn:") + " {}</li>"
        count = ngettext("Khác nhau ở %(count)d ô:", "Khác nhau ở %(count)d ô:", len(rows)) % {"count": len(rows)}
        return format_html("{} {} {}<ul>{}</ul>", told % {"who": who}, advice, count, format_html_join("", pattern, rows))

    def _stored(self, form: Any, name: str) -> str:
        return _shown(form.fields[name], form.get_initial_for_field(form.fields[name], name))

    def _own(self, form: Any, name: str) -> str:
        return _shown(form.fields[name], form.cleaned_data.get(name, form[name].data))


def _shown(field: Any, value: Any) -> str:
    """A value as words, cut short; rows and blocks are only said to differ, for the history of the record shows them whole."""
    choices = dict(getattr(field, "choices", ()) or ()) if not hasattr(field, "queryset") else {}
    if isinstance(value, bool | int | str | float) or value is None:
        text = str(choices.get(value, "" if value is None else value)).replace("\r\n", "\n").strip()
        return text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else "") or _("(trống)")
    return _elsewhere()


def _elsewhere() -> str:
    return _("xem trong Lịch sử")
