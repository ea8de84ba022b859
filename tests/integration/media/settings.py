"""Settings of workers in tests: the pipeline alone, so that nobody above listens to its news."""

from library.settings.test import *  # noqa: F403

INSTALLED_APPS = [
    "tests.integration.media.accounts.TablesOfAccounts",
    "media_pipeline",
    "background",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.media_pipeline.urls"
MEDIA_ACCESS_POLICY = "tests.media_pipeline.policies.everything"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
