"""How django-allauth acts here: our own words, encrypted secrets, no sign-up, and whom another service may sign in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Invitation, User
from . import encryption
from .required import FACTORS, must_have_one

#: What is told after a step, by allauth's name of the message; other messages of allauth's are not shown.
TOLD = {
    "mfa/messages/totp_activated.txt": gettext_lazy("Từ nay đăng nhập cần thêm mã của ứng dụng."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Đã bỏ ứng dụng tạo mã."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Đã thêm khóa. Từ nay đăng nhập cần thêm một bước."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Đã bỏ khóa."),
}
TOO_OFTEN = gettext_lazy("Thử quá nhiều lần. Mời bạn chờ năm phút rồi thử lại.")


class AccountAdapter(DefaultAccountAdapter):
    """Signs in whom our own pages let in. There is no sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng. Mời bạn thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104  no address to listen at: what stands for an unknown one

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtailadmin_home" if request.user.has_perm("wagtailadmin.access_admin") else "home")  # type: ignore[union-attr]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return render(request, "accounts/security/refused.html", {"stopped": True}, status=403)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any) -> None:
        words = TOLD.get(message_template or "") or kwargs.get("message")
        if words:
            messages.add_message(request, level, str(words))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not from people who have neither a password nor a second factor: they came from another service just now."""
        return bool(self.get_reauthentication_methods(self.request.user))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our words, the library's name in the app, secrets encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Hãy đặt ứng dụng tạo mã hoặc khóa truy cập trước."),
        "cannot_delete_authenticator": gettext_lazy("Vai trò của bạn cần xác thực hai bước. Hãy thêm cách khác trước khi bỏ cách này."),
        "incorrect_code": gettext_lazy("Mã chưa đúng hoặc đã hết hạn. Mời bạn thử lại."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Khóa %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS).exclude(pk=authenticator.pk)
        return others.exists() or not must_have_one(authenticator.user)


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Who comes from the service of the settings is somebody whom a manager has invited with this address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Ties the account of the service to the person who has its address, when the service has checked it.

        Two people with one address are not told apart: nobody is signed in. A first sign-in also accepts an open invitation.
        """
        if sociallogin.is_existing:
            return
        known = [each for each in sociallogin.email_addresses if each.email]
        people = list(User.objects.filter(email__iexact=known[0].email)[:2]) if known else []
        if len(people) == 1 and known[0].verified:
            sociallogin.connect(request, people[0])
            Invitation.objects.filter(user=people[0], accepted_at=None).update(accepted_at=timezone.now())
        elif people or not settings.OIDC_NEW_PEOPLE:
            raise ImmediateHttpResponse(render(request, "accounts/security/refused.html", status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.OIDC_NEW_PEOPLE)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(render(request, "accounts/security/refused.html", {"failed": True}, status=403))
