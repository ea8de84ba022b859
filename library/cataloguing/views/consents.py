"""The admin page of one record's consent to show the contact of its makers: what was given, one more, and withdrawal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from library.records.access.consents import consent_holds
from library.records.access.files import viewer_of
from library.records.actions.consents import record_consent, require_right, withdraw_consent
from library.records.models import ContactConsent, Record


class ConsentForm(forms.ModelForm):
    """A consent as it was given. Nothing is chosen in advance."""

    given_how = forms.ChoiceField(
        label=capfirst(ContactConsent._meta.get_field("given_how").verbose_name),
        choices=ContactConsent.Given.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ContactConsent
        fields = ("given_by", "given_how", "given_on", "until", "evidence")
        widgets = {"given_on": AdminDateInput, "until": AdminDateInput}
        help_texts = {
            "given_by": gettext_lazy("Mọi người có tên hoặc số trong ô “Liên hệ mua”. Ví dụ: Hợp tác xã Lùng Tám."),
            "until": gettext_lazy("Để trống khi người ấy không hẹn ngày. Sau ngày này liên hệ tự ẩn."),
            "evidence": gettext_lazy("Chỉ cơ quan đọc được. Ví dụ: Giấy đồng ý số 12/2026."),
        }

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa tới."))
        return day


def contact_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the consents of a record and takes one more."""
    record = _own_record(request, pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_consent(record, form.save(commit=False), user=request.user)
        messages.success(request, _("Đã ghi. Người đọc thấy liên hệ của “%(title)s” khi tư liệu đã đăng.") % {"title": record.title})
        return redirect("contact_consent", pk)
    context = {
        "record": record,
        "form": form,
        "consents": record.contact_consents.all(),
        "holds": consent_holds(record),
        "edit_url": reverse("wagtailsnippets_records_record:edit", args=[pk]),
    }
    return render(request, "cataloguing/consents/contact_consent.html", context, status=400 if request.method == "POST" else 200)


def withdraw_contact_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the consents of a record; asked by POST only."""
    record = _own_record(request, pk)
    if request.method == "POST":
        withdraw_consent(record, user=request.user)
        messages.success(request, _("Đã ẩn liên hệ của “%(title)s” ở mọi nơi trên trang.") % {"title": record.title})
    return redirect("contact_consent", pk)


def _own_record(request: HttpRequest, pk: int) -> Record:
    """The record, if the person may see and change it. Raises Http404 or PermissionDenied otherwise."""
    record = get_object_or_404(Record.objects.visible_to(viewer_of(request.user)).select_related("office"), pk=pk)
    require_right(request.user, record)
    return record
