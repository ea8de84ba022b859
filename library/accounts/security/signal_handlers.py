"""What follows from a sign-in: its session is listed, a missing second factor is asked for, a wrong code counts. Importing connects it."""

from typing import Any

from allauth.mfa.signals import authentication_failed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from .required import MISSING, lacks_one


def list_session(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """django-allauth lists only those that began with its own steps."""
    UserSession.objects.create_from_request(request, user=user)


def ask_for_second_factor(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Decides for this session whether a second factor has to be set up first."""
    if lacks_one(user):
        request.session[MISSING] = True


def count_wrong_code(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """A wrong code counts as a wrong password does."""
    user_login_failed.send(sender, credentials={"username": user.get_username()}, request=request)


user_logged_in.connect(list_session)
user_logged_in.connect(ask_for_second_factor)
authentication_failed.connect(count_wrong_code)
