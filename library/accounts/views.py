"""The public pages on which an invited person types the code and chooses a password."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .actions.invite import UsedCodeError, accept, open_invitation, signs_of
from .admin_language import remember_language
from .forms import CodeForm, FirstPasswordForm
from .security.sign_in import sign_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
def type_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code on the paper, then goes to the page of that code."""
    form = CodeForm(request.GET or None)
    if not form.is_valid():
        return render(request, "accounts/type_code.html", {"form": form, "refused": False})
    code = signs_of(form.cleaned_data["code"])
    return redirect("accept-invitation", code) if code else _refused(request)


@sensitive_post_parameters()
@never_cache
def accept_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the login name and asks for a password; then the person is signed in. A used code answers 410."""
    try:
        person: Any = open_invitation(code).user
        form = FirstPasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            person = accept(code, form.cleaned_data["new_password1"])
            person.backend = BACKEND
            next_page = reverse("wagtailadmin_home" if person.has_perm("wagtailadmin.access_admin") else "home")
            response = sign_in(request, person, next_page)
            remember_language(response, get_language() or settings.LANGUAGE_CODE)
            return response
    except UsedCodeError:
        return _refused(request)
    status = 400 if form.is_bound else 200
    return render(request, "accounts/accept_invitation.html", {"form": form, "person": person}, status=status)


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/type_code.html", {"form": CodeForm(), "refused": True}, status=410)
