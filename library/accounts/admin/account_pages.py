"""The pages of one account: its invitation, stopping it with a hand-over, opening it again."""

import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ..actions.deactivate import deactivate, reactivate
from ..actions.invite import invitation_link, invite, send_invitation
from ..actions.second_factor import reset_second_factor
from ..held_work import held_by
from ..models import User
from ..scope import MANAGE_PEOPLE
from ..security.required import has_one
from .forms import DeactivateForm


def buttons(person: User, manager: Any) -> list[Button]:
    """What can be done with the account now."""
    if person == manager:
        return []
    if not person.is_active:
        return [Button(_("Mở lại"), reverse("wagtailusers_users:resume", args=[person.pk]), icon_name="rotate", priority=40)]
    return [
        Button(_("Mã đăng nhập mới"), reverse("wagtailusers_users:invitation", args=[person.pk]), icon_name="key", priority=30),
        Button(
            _("Đặt lại xác thực hai bước…"), reverse("wagtailusers_users:second_factor", args=[person.pk]), icon_name="rotate", priority=45
        ),
        Button(_("Ngừng…"), reverse("wagtailusers_users:stop", args=[person.pk]), icon_name="no-view", priority=50),
    ]


def show_once(request: HttpRequest, person: User, code: str) -> None:
    """Lets the next page show the code. It is in the session until then, and nowhere afterwards."""
    request.session[_key(person)] = code


def mail_or_show(request: HttpRequest, person: User, code: str, send: Callable[[User, str], None]) -> None:
    """Mails the code once it is stored; when no mail can be sent, says so and shows the code instead.

    A request keeps its session and its messages after the transaction, so both reach the next page.
    """
    transaction.on_commit(partial(_mail_or_show, request, person, code, send))


def _mail_or_show(request: HttpRequest, person: User, code: str, send: Callable[[User, str], None]) -> None:
    try:
        send(person, code)
    except (OSError, smtplib.SMTPException):
        messages.error(request, _("Chưa gửi được thư. Xin đưa mã dưới đây cho người được mời."))
        show_once(request, person, code)
    else:
        messages.success(request, _("Đã gửi lời mời đến %(address)s.") % {"address": person.email})


def _key(person: User) -> str:
    return f"invitation-{person.pk}"


class AccountPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about one account, for whoever manages people."""

    request: HttpRequest
    person: User
    page_title: Any = ""
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MANAGE_PEOPLE):  # type: ignore[union-attr]
            raise PermissionDenied
        self.person = get_object_or_404(User.objects.select_related("office"), pk=kwargs["pk"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_page_subtitle(self) -> str:
        return str(self.person.get_full_name() or self.person.username)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("wagtailusers_users:index"), "label": _("Người")}
        own_page = {"url": reverse("wagtailusers_users:edit", args=[self.person.pk]), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), people, own_page, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "person": self.person}


class InvitationView(AccountPage):
    """Shows a new code once, to print or read out; makes another one on demand."""

    template_name = "accounts/admin/invitation.html"
    page_title = gettext_lazy("Giấy mời")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.person.is_active:
            raise PermissionDenied
        code = invite(self.person, manager=request.user)
        if "mail" in request.POST and self.person.email:
            mail_or_show(request, self.person, code, send_invitation)
        else:
            show_once(request, self.person, code)
        return redirect("wagtailusers_users:invitation", self.person.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.request.session.pop(_key(self.person), "")
        invitation = self.person.invitations.open().first()
        link = invitation_link(code) if code else ""
        return {**super().get_context_data(**kwargs), "code": code, "link": link, "invitation": invitation}


class DeactivateView(AccountPage):
    """Asks who takes the work over, then stops the account."""

    template_name = "accounts/admin/deactivate.html"
    page_title = gettext_lazy("Ngừng tài khoản")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = held_by([self.person.pk])[self.person.pk]
        form = kwargs.pop("form", None) or self._form(bool(work))
        return {**super().get_context_data(**kwargs), "form": form, "work": work}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(bool(held_by([self.person.pk])[self.person.pk]), request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        deactivate(self.person, form.cleaned_data["successor"], manager=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã ngừng tài khoản của %(name)s.") % {"name": self.get_page_subtitle()})
        return redirect("wagtailusers_users:index")

    def _form(self, required: bool, data: Any = None) -> DeactivateForm:
        return DeactivateForm(data, person=self.person, manager=self.request.user, required=required)


class ReactivateView(AccountPage):
    """Opens the account again, after a confirmation."""

    template_name = "accounts/admin/reactivate.html"
    page_title = gettext_lazy("Mở lại tài khoản")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reactivate(self.person, manager=request.user)
        messages.success(request, _("%(name)s lại vào được.") % {"name": self.get_page_subtitle()})
        return redirect("wagtailusers_users:edit", self.person.pk)


class SecondFactorView(AccountPage):
    """Takes a lost second factor away, after a confirmation."""

    template_name = "accounts/security/reset.html"
    page_title = gettext_lazy("Đặt lại xác thực hai bước")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "has_one": has_one(self.person)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reset_second_factor(self.person, manager=request.user)
        messages.success(request, _("Đã đặt lại xác thực hai bước của %(name)s.") % {"name": self.get_page_subtitle()})
        return redirect("wagtailusers_users:edit", self.person.pk)
