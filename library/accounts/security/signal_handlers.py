"""Lists a session when it begins, whichever page it began on. Importing this connects it."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


def list_session(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """django-allauth lists only those that began with its own steps."""
    UserSession.objects.create_from_request(request, user=user)


user_logged_in.connect(list_session)
