"""The page of the own security: second factor, recovery codes, where one is signed in."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log

from .required import MISSING, must_have_one
from .sessions import end_elsewhere, open_sessions

SESSIONS_ENDED = "accounts.sessions_ended"


@never_cache
@login_required
@require_http_methods(["GET"])
def security(request: HttpRequest) -> HttpResponse:
    """While a second factor is missing, only the ways to set one up are shown."""
    person: Any = request.user
    own = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    codes = next((each for each in own if each.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "missing": bool(request.session.get(MISSING)),
        "must": must_have_one(person),
        "app": next((each for each in own if each.type == Authenticator.Type.TOTP), None),
        "passkeys": [each for each in own if each.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "codes": codes,
        "sessions": open_sessions(person, request.session.session_key),
        "staff": person.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "accounts/security/security.html", context)


@never_cache
@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends the session that the form names (``session``), or all but this one."""
    only = request.POST.get("session", "")
    ended = end_elsewhere(request.user, request.session.session_key, int(only) if only.isdecimal() else None)
    if ended:
        log(request.user, SESSIONS_ENDED, user=request.user, data={"count": ended})
    messages.success(request, _("Đã đăng xuất ở nơi khác."))
    return redirect("security")


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth asks for apps only whether one may go: nobody whose role needs a second factor is left without any."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Says why, when the passkey has to stay."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("security")
        response: HttpResponse = super().form_valid(form)
        return response
