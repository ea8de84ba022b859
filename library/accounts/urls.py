"""Signing in and out on the public site; staff also have the admin's own page."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, reverse_lazy

from .forms import MemberLoginForm

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
]
