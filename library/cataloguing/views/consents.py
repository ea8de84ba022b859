"""The admin pages of one record's consents, one for each use: what was given, one more, and withdrawal."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from library.records.access.consents import consent_holds
from library.records.access.files import viewer_of
from library.records.actions.consents import record_consent, require_right, withdraw_consent
from library.records.models import ContactConsent, Record


@dataclass(frozen=True, slots=True)
class UseWords:
    """How the page of one use speaks. ``address`` names it; ``withdraw`` names the address of the withdrawal."""

    address: str
    withdraw: str
    title: Promise
    holds: Promise
    lacks: Promise
    what_follows: Promise
    who: Promise
    recorded: Promise
    withdrawn: Promise


USES: dict[str, UseWords] = {
    ContactConsent.Use.CONTACT: UseWords(
        address="contact_consent",
        withdraw="withdraw_contact_consent",
        title=gettext_lazy("Đồng ý cho liên hệ"),
        holds=gettext_lazy("Đang có sự đồng ý: người đọc thấy liên hệ mua hàng của tư liệu này."),
        lacks=gettext_lazy("Chưa có sự đồng ý: người đọc không thấy liên hệ mua hàng của tư liệu này."),
        what_follows=gettext_lazy(
            "Khi một người rút lại, liên hệ ẩn ngay ở mọi nơi trên trang. Hộ chiếu đã in hoặc đã tải về thì không thu lại được: "
            "hãy báo cho người ấy biết."
        ),
        who=gettext_lazy("Mọi người có tên hoặc số trong ô “Liên hệ mua”. Ví dụ: Hợp tác xã Lùng Tám."),
        recorded=gettext_lazy("Đã ghi. Người đọc thấy liên hệ của “%(title)s” khi tư liệu đã đăng."),
        withdrawn=gettext_lazy("Đã ẩn liên hệ của “%(title)s” ở mọi nơi trên trang."),
    ),
    ContactConsent.Use.BROADCAST: UseWords(
        address="broadcast_consent",
        withdraw="withdraw_broadcast_consent",
        title=gettext_lazy("Đồng ý cho phát loa"),
        holds=gettext_lazy("Đang có sự đồng ý: tiếng của tư liệu này được đưa vào bản tin phát loa."),
        lacks=gettext_lazy("Chưa có sự đồng ý cho phát loa: tiếng của tư liệu này chưa đưa vào bản tin được, trừ khi chỉ có giọng máy."),
        what_follows=gettext_lazy(
            "Khi một người rút lại, mọi bản tin có tư liệu này đóng ngay. Bản đã chép về loa thì không thu lại được: hãy báo cho xã biết."
        ),
        who=gettext_lazy("Mọi người có tiếng trong tư liệu. Ví dụ: bà Vàng Thị Mai, người hát."),
        recorded=gettext_lazy("Đã ghi. Tiếng của “%(title)s” được đưa vào bản tin."),
        withdrawn=gettext_lazy("Đã đóng mọi bản tin có “%(title)s”."),
    ),
}


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
            "until": gettext_lazy("Để trống khi người ấy không hẹn ngày. Sau ngày này coi như đã rút lại."),
            "evidence": gettext_lazy("Chỉ cơ quan đọc được. Ví dụ: Giấy đồng ý số 12/2026."),
        }

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa tới."))
        return day


def show_consents(request: HttpRequest, pk: int, use: str) -> HttpResponse:
    """Shows the consents of a record to a use and takes one more."""
    record, words = _own_record(request, pk), USES[use]
    form = ConsentForm(request.POST or None, instance=ContactConsent(use=use))
    form.fields["given_by"].help_text = str(words.who)
    if request.method == "POST" and form.is_valid():
        record_consent(record, form.save(commit=False), user=request.user)
        messages.success(request, words.recorded % {"title": record.title})
        return redirect(words.address, pk)
    context = {
        "record": record,
        "form": form,
        "words": words,
        "consents": record.contact_consents.filter(use=use),
        "holds": consent_holds(record, use),
        "edit_url": reverse("wagtailsnippets_records_record:edit", args=[pk]),
    }
    return render(request, "cataloguing/consents/consents.html", context, status=400 if request.method == "POST" else 200)


def withdraw_consents(request: HttpRequest, pk: int, use: str) -> HttpResponse:
    """Closes the consents of a record to a use; asked by POST only."""
    record, words = _own_record(request, pk), USES[use]
    if request.method == "POST":
        withdraw_consent(record, use, user=request.user)
        messages.success(request, words.withdrawn % {"title": record.title})
    return redirect(words.address, pk)


def _own_record(request: HttpRequest, pk: int) -> Record:
    """The record, if the person may see and change it. Raises Http404 or PermissionDenied otherwise."""
    record = get_object_or_404(Record.objects.visible_to(viewer_of(request.user)).select_related("office"), pk=pk)
    require_right(request.user, record)
    return record
