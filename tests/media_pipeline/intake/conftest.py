"""A person who may upload, and the upload's addresses as that person's browser asks them."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def user(django_user_model: Any) -> Any:
    """A person who may do everything."""
    return django_user_model.objects.create_superuser("lan", "lan@example.vn", "x")


@pytest.fixture
def api(client: Client, user: Any, settings: Any) -> Client:
    """The client of that person, on the addresses of the pipeline alone."""
    settings.ROOT_URLCONF = "tests.media_pipeline.admin_urls"
    client.force_login(user)
    return client
