"""The admin pages that withdraw a record and restore it. Both ask for a confirmation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages as wagtail_messages

from library.access import can_see
from library.records.access.files import viewer_of
from library.records.actions.withdraw import may_restore, require_charge, restore, withdraw
from library.records.models import Record


class WithdrawForm(forms.Form):
    """The reason of a withdrawal. Only the office can read it."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("Chỉ cơ quan đọc được. Người đọc chỉ thấy tư liệu đã được gỡ xuống."),
    )


def withdraw_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then withdraws."""
    record = _record_in_charge(request, pk)
    if record.first_published_at is None:
        messages.warning(request, _("Tư liệu này chưa đăng nên không cần gỡ xuống. Nếu không dùng nữa, có thể xóa bản nháp."))
        return redirect(_edit_url(record))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(record, user=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã gỡ “%(title)s” xuống ở mọi nơi trên trang.") % {"title": record.title})
        if not can_see(viewer_of(request.user), record):
            sentence = _("Từ nay chỉ quản trị mở được tư liệu này. Nếu gỡ nhầm, bạn đưa trở lại được.")
            wagtail_messages.warning(request, sentence, buttons=[_restore_button(record)])
        return redirect("wagtailsnippets_records_record:list")
    status = 400 if request.method == "POST" else 200
    return render(request, "cataloguing/withdraw.html", {"record": record, "form": form, "edit_url": _edit_url(record)}, status=status)


def restore_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a withdrawn record a draft again, after a confirmation."""
    record = get_object_or_404(Record.objects.select_related("office"), pk=pk, withdrawn_at__isnull=False)
    if not may_restore(request.user, record):
        raise Http404
    if request.method == "POST":
        restore(record, user=request.user)
        messages.success(request, _("“%(title)s” đã trở lại làm bản nháp.") % {"title": record.title})
        return redirect(_edit_url(record))
    return render(request, "cataloguing/restore.html", {"record": record})


def tell_why_closed(request: HttpRequest, record: Record) -> None:
    """The message for an officer of the record's own office who cannot open it any more, because it was withdrawn."""
    sentence = _("“%(title)s” đã gỡ xuống ngày %(day)s nên không mở được. Khi cần sửa hay đăng lại, xin nhờ quản trị đưa trở lại.")
    buttons = [_restore_button(record)] if may_restore(request.user, record) else []
    wagtail_messages.warning(request, sentence % {"title": record.title, "day": _day(record)}, buttons=buttons)


def tell_withdrawn(request: HttpRequest, record: Record) -> None:
    """The message above the form of a withdrawn record: since when, why, and the way back."""
    sentence = _("Tư liệu này đã gỡ xuống ngày %(day)s, lý do: %(reason)s. Muốn đăng lại, trước hết hãy đưa trở lại làm bản nháp.")
    words = {"day": _day(record), "reason": record.withdrawn_reason}
    wagtail_messages.warning(request, sentence % words, buttons=[_restore_button(record)])


def _restore_button(record: Record) -> Any:
    return wagtail_messages.button(reverse("restore_record", args=[record.pk]), _("Đưa trở lại"))


def _day(record: Record) -> str:
    return date_format(localtime(record.withdrawn_at), "SHORT_DATE_FORMAT")


def _record_in_charge(request: HttpRequest, pk: int) -> Record:
    """The record, if the person may see and withdraw it. Raises Http404 or PermissionDenied otherwise."""
    record = get_object_or_404(Record.objects.visible_to(viewer_of(request.user)).select_related("office"), pk=pk)
    require_charge(request.user, record)
    return record


def _edit_url(record: Record) -> str:
    return reverse("wagtailsnippets_records_record:edit", args=[record.pk])
