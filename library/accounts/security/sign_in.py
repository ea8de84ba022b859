"""The two pages for signing in. Both let django-allauth ask for the second factor before anybody is signed in."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.views.account import LoginView as WagtailLoginView

from library.settings.env import OPENID_CONNECT

from ..forms import MemberLoginForm


def sign_in(request: HttpRequest, person: Any, next_page: str, remember: bool | None = None) -> HttpResponse:
    """Signs in whose password was right, or leads to the second step first. The password counts as typed just now.

    ``remember``: whether the session outlives the browser; None leaves that to the setting.
    """
    if request.user.is_authenticated:
        logout(request)
    if remember is not None:  # kept through the second step and the sign-in
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    record_authentication(request, person, "password", reauthenticated=True)
    return perform_login(request, person, redirect_url=next_page)


class TwoStepMixin:
    """Instead of Django's sign-in at once."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """The answer to a right password: the next page, or the page of the second step."""
        next_page: str = self.get_success_url()  # type: ignore[attr-defined]
        return sign_in(self.request, form.get_user(), next_page, form.cleaned_data.get("remember"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"outside": outside_sign_in(context.get("next", ""))}


class StaffSignIn(TwoStepMixin, WagtailLoginView):
    """The sign-in of the admin, under Wagtail's address."""


class MemberSignIn(TwoStepMixin, LoginView):
    """The sign-in of the public site."""

    template_name = "accounts/sign_in.html"
    authentication_form = MemberLoginForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return reverse("saved-searches")


def outside_sign_in(next_page: str) -> dict[str, str]:
    """Name and address of the service that the settings name; empty without one."""
    if not settings.OIDC_SERVER:
        return {}
    return {"name": settings.OIDC_NAME, "address": reverse("openid_connect_login", args=[OPENID_CONNECT]), "next": next_page}
