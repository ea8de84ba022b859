"""Signing in again over an open form: the same person only, answered as JSON, with a new key for the forms of the page."""

from typing import Any

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .forms import StaffLoginForm
from .security.forms import SecondStepForm
from .security.required import has_one


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> JsonResponse:
    """GET: who is signed in (``person``: key or empty) and the ``token`` of forms. POST: signs the ``person`` of the page in again.

    A refusal answers 400 with its reason in words (``error``), and ``code_needed`` where the second factor is asked for.
    After too many wrong passwords django-axes answers 429.
    """
    if request.method == "GET":
        return _state(request)
    form = StaffLoginForm(request, data=request.POST)
    key = request.POST.get("person", "")
    if not form.is_valid():
        return JsonResponse({"error": _reason(form, key, request.POST.get("password", ""))}, status=400)
    person: Any = form.get_user()
    if str(person.pk) != key:
        return JsonResponse({"error": _("Trang này do tài khoản khác mở. Hãy đăng nhập bằng đúng tài khoản đó.")}, status=400)
    if not person.has_perm("wagtailadmin.access_admin"):
        return JsonResponse({"error": _("Tài khoản của bạn không còn quyền vào đây. Hãy hỏi quản trị.")}, status=400)
    if has_one(person):
        refusal = _second_step(person, request.POST)
        if refusal:
            return refusal
    login(request, person)
    return _state(request)


def _second_step(person: Any, posted: Any) -> JsonResponse | None:
    """What is still asked for after the password; None when the code is right."""
    if not posted.get("code"):
        return JsonResponse({"code_needed": True, "error": _("Mời bạn gõ mã của bước hai.")}, status=400)
    form = SecondStepForm(data=posted, user=person)
    if form.is_valid():
        return None
    return JsonResponse({"code_needed": True, "error": " ".join(form.errors["code"])}, status=400)


def _state(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"person": str(request.user.pk or ""), "token": get_token(request)})


def _reason(form: StaffLoginForm, key: str, password: str) -> str:
    """Why the sign-in was refused. That an account is stopped is told to nobody but who knows its password."""
    person = get_user_model().objects.filter(pk=key).first() if key.isdecimal() else None
    if person is not None and not person.is_active and person.check_password(password):
        return _("Tài khoản này đã ngừng. Chữ vẫn còn ở đây; hãy nhờ quản trị mở lại tài khoản.")
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
