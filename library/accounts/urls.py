"""Signing in and out, and invitations, on the public site; staff also have the admin's own login page."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path, reverse_lazy

from .views import accept_invitation, type_code

urlpatterns = [
    path("", include("library.accounts.security.urls")),
    path("tai-khoan/dang-xuat/", LogoutView.as_view(next_page=reverse_lazy("home")), name="sign-out"),
    path("tai-khoan/loi-moi/", type_code, name="type-code"),
    path("tai-khoan/loi-moi/<str:code>/", accept_invitation, name="accept-invitation"),
]
