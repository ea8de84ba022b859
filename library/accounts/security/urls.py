"""Addresses of the second factor and of sessions. django-allauth's own sign-in, sign-up and mail are shut."""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache

from .pages import RemovePasskeyView, security, sign_out_elsewhere
from .sign_in import MemberSignIn

urlpatterns = [
    path("tai-khoan/dang-nhap/", MemberSignIn.as_view(), name="sign-in"),
    path("tai-khoan/dang-nhap/", MemberSignIn.as_view(), name="account_login"),  # where allauth sends who comes too late
    path("tai-khoan/buoc-hai/", steps.authenticate, name="mfa_authenticate"),
    path("tai-khoan/bao-mat/", security, name="security"),
    path("tai-khoan/bao-mat/", security, name="mfa_index"),
    path("tai-khoan/bao-mat/", security, name="mfa_list_webauthn"),
    path("tai-khoan/bao-mat/noi-khac/", sign_out_elsewhere, name="sign-out-elsewhere"),
    path("tai-khoan/bao-mat/mat-khau/", never_cache(reauthenticate), name="account_reauthenticate"),
    path("tai-khoan/bao-mat/ma/", never_cache(steps.reauthenticate), name="mfa_reauthenticate"),
    path("tai-khoan/bao-mat/khoa/", never_cache(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/bao-mat/ung-dung/", never_cache(app.activate_totp), name="mfa_activate_totp"),
    path("tai-khoan/bao-mat/ung-dung/bo/", never_cache(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("tai-khoan/bao-mat/them-khoa/", never_cache(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("tai-khoan/bao-mat/khoa/<int:pk>/bo/", never_cache(RemovePasskeyView.as_view()), name="mfa_remove_webauthn"),
    path("tai-khoan/bao-mat/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/bao-mat/ma-du-phong/moi/", never_cache(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
