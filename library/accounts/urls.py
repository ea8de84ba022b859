"""Signing in and out, and invitations, on the public site; staff also have the admin's own login page."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, reverse_lazy

from .forms import MemberLoginForm
from .views import accept_invitation, type_code

urlpatterns = [
    path(
        "tai-khoan/dang-nhap/",
        LoginView.as_view(
            template_name="accounts/sign_in.html",
            authentication_form=MemberLoginForm,
            redirect_authenticated_user=True,
            next_page=reverse_lazy("saved-searches"),
        ),
        name="sign-in",
    ),
    path("tai-khoan/dang-xuat/", LogoutView.as_view(next_page=reverse_lazy("home")), name="sign-out"),
    path("tai-khoan/loi-moi/", type_code, name="type-code"),
    path("tai-khoan/loi-moi/<str:code>/", accept_invitation, name="accept-invitation"),
]
